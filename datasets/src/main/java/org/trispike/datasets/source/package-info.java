/**
 * Layouts of input: how a list or a collection of shapes, pictures and texts becomes rows, and
 * where the files lie that the rows name. Nothing here opens a shape, but for the labels in HDF5
 * files.
 */
package org.trispike.datasets.source;
