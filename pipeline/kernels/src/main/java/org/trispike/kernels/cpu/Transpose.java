package org.trispike.kernels.cpu;

/** Transposes in small square blocks, so that both sides stay in the first-level cache. */
final class Transpose {
  private static final int BLOCK = 16;

  private Transpose() {}

  /** out [columns, rows] = a [rows, columns] transposed; rows of a are {@code stride} apart. */
  static void transpose(
      float[] a, int aAt, int stride, int rows, int columns, float[] out, int outAt) {
    for (int c0 = 0; c0 < columns; c0 += BLOCK) {
      int c1 = Math.min(columns, c0 + BLOCK);
      for (int r0 = 0; r0 < rows; r0 += BLOCK) {
        int r1 = Math.min(rows, r0 + BLOCK);
        for (int c = c0; c < c1; c++) {
          for (int r = r0, from = aAt + r0 * stride + c; r < r1; r++, from += stride) {
            out[outAt + c * rows + r] = a[from];
          }
        }
      }
    }
  }
}
