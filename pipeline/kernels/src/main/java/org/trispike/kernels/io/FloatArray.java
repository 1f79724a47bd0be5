package org.trispike.kernels.io;

import java.util.Arrays;

/**
 * A row-major array of floats on the heap: what a file holds.
 *
 * @param shape extents
 * @param data as many elements as the extents' product
 */
public record FloatArray(int[] shape, float[] data) {
  public FloatArray {
    Shapes.check(shape, data.length);
  }

  /** One dimension. */
  public static FloatArray vector(float... data) {
    return new FloatArray(new int[] {data.length}, data);
  }

  /** Throws IllegalArgumentException, with the name, unless the extents are these. */
  public void checkShape(String name, int... expected) {
    if (!Arrays.equals(shape, expected)) {
      throw new IllegalArgumentException(
          name + " has shape " + Arrays.toString(shape) + ", not " + Arrays.toString(expected));
    }
  }
}
