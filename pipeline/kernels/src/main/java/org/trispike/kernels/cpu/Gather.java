package org.trispike.kernels.cpu;

/**
 * Rows of a row-major matrix, picked by index: row p begins at {@code at + rows[p] · stride}.
 *
 * @param values the matrix
 * @param at its first element
 * @param stride floats from one row to the next
 * @param rows which row each position picks
 */
record Gather(float[] values, int at, int stride, int[] rows) {

  /** Position of the first element of row {@code p}. */
  int row(int p) {
    return at + rows[p] * stride;
  }

  /**
   * Whether {@code count} positions from {@code p} on pick different rows. Equal ones stand side by
   * side; written in one block, the later would overwrite the earlier.
   */
  boolean distinct(int p, int count) {
    for (int i = p + 1; i < p + count; i++) {
      if (rows[i] == rows[i - 1]) {
        return false;
      }
    }
    return true;
  }
}
