/**
 * One reader for each file format of shapes, and the decoder of pictures. Files come from an
 * interface and are read whole; whatever is wrong with one ends in {@link
 * org.trispike.datasets.format.CorruptInputException}, with a reason that can be counted. Knows the
 * JDK, the parsers that it guards, and the geometry package; no engine.
 */
package org.trispike.datasets.format;
