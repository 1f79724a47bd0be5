/**
 * Layouts of input: how a list of shapes, pictures and texts becomes rows, and where the files lie
 * that the rows name. Nothing here opens a shape.
 */
package org.trispike.datasets.source;
