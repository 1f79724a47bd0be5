package org.trispike.kernels.cpu;

import java.util.Arrays;

/** 0, 1, 2, …: the rows of a matrix that is used whole. Grows, and is not for concurrent use. */
final class Identity {
  private int[] values = new int[0];

  /** At least {@code rows} of them; not to be changed. */
  int[] of(int rows) {
    if (values.length < rows) {
      values = new int[rows + rows / 2];
      Arrays.setAll(values, i -> i);
    }
    return values;
  }
}
