/**
 * Readers for the annotations of pictures and recordings: boxes, masks and maps of classes. Pixels
 * count from the upper left corner of the first pixel, whatever the format does. Knows the JDK,
 * Jackson's parser and the format package; no engine.
 */
package org.trispike.datasets.format.label;
