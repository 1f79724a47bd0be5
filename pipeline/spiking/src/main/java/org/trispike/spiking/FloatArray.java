package org.trispike.spiking;

import java.util.Arrays;

/**
 * A row-major array of floats on the heap: what a file holds.
 *
 * @param shape extents
 * @param data as many elements as the extents' product
 */
public record FloatArray(int[] shape, float[] data) {
  public FloatArray {
    long size = 1;
    for (int extent : shape) {
      if (extent < 0) {
        throw new IllegalArgumentException("Shape " + Arrays.toString(shape) + " is negative");
      }
      size = Math.multiplyExact(size, extent);
    }
    if (size != data.length) {
      throw new IllegalArgumentException(
          "Shape " + Arrays.toString(shape) + " does not hold " + data.length + " elements");
    }
  }

  /** One dimension. */
  public static FloatArray vector(float... data) {
    return new FloatArray(new int[] {data.length}, data);
  }

  void checkShape(String name, int... expected) {
    if (!Arrays.equals(shape, expected)) {
      throw new IllegalArgumentException(
          name + " has shape " + Arrays.toString(shape) + ", not " + Arrays.toString(expected));
    }
  }
}
