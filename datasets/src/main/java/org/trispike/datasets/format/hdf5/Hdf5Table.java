package org.trispike.datasets.format.hdf5;

import java.util.Arrays;
import org.trispike.datasets.format.Numbers;

/** One dataset of an HDF5 file: numbers in rows. */
final class Hdf5Table {
  private final Numbers numbers;
  private final int[] shape;

  Hdf5Table(Numbers numbers, int[] shape) {
    this.numbers = numbers;
    this.shape = shape;
  }

  /** Whether it has that many extents. */
  boolean is(int dimensions) {
    return shape.length == dimensions;
  }

  int extent(int dimension) {
    return shape[dimension];
  }

  boolean whole() {
    return numbers.whole();
  }

  long integer(int index) {
    return numbers.integer(index);
  }

  /** All that lies below one index of the first dimension. */
  float[] row(int index) {
    int length = numbers.count() / shape[0];
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = numbers.get(index * length + i);
    }
    return values;
  }

  @Override
  public String toString() {
    return (whole() ? "integers " : "floating point ") + Arrays.toString(shape);
  }
}
