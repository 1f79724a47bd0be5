package org.trispike.datasets.format.label;

/**
 * The class and the object of each pixel of a picture.
 *
 * @param classes the class of each pixel
 * @param segments [height, width] numbers that tell objects apart, 0 for none; what else they mean
 *     is the format's affair; shared, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // a large array that is passed through
public record SegmentMap(ClassMap classes, int[] segments) {
  public SegmentMap {
    if (classes.ids().length != segments.length) {
      throw new IllegalArgumentException(
          classes.ids().length + " classes for " + segments.length + " segments");
    }
  }
}
