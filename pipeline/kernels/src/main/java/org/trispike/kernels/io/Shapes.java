package org.trispike.kernels.io;

import java.util.Arrays;

/** What arrays of all element types check. */
final class Shapes {
  private Shapes() {}

  /** Throws IllegalArgumentException unless the extents' product is {@code elements}. */
  static void check(int[] shape, int elements) {
    long size = 1;
    for (int extent : shape) {
      if (extent < 0) {
        throw new IllegalArgumentException("Shape " + Arrays.toString(shape) + " is negative");
      }
      size = Math.multiplyExact(size, extent);
    }
    if (size != elements) {
      throw new IllegalArgumentException(
          "Shape " + Arrays.toString(shape) + " does not hold " + elements + " elements");
    }
  }
}
