package org.trispike.kernels.cpu;

import java.util.Arrays;

/**
 * Means of the points of a voxel. With vectors where they are as long as a row of sums; the results
 * are the same bits. Keeps its memory for the next points; not for concurrent use.
 */
public final class PointMeans {
  /** Floats of a row: x, y, z, r, g, b. */
  static final int FEATURES = 6;

  /** Sums of a row: x, y, z, points, r, g, b, and what nobody asks for. */
  static final int SUMS = 8;

  /** Points are counted in single precision, which is exact so far. */
  private static final int MOST_POINTS = 1 << 24;

  private static final boolean VECTOR = VectorSupport.present() && VectorPointCells.fitsSums();

  private float[] sums = new float[0];

  /**
   * Means of the points of each row, added up in their order; 0 where there are none.
   *
   * @param points at most 2^24
   * @param rowOf [at least points] below {@code rows}
   * @return [rows · 6] x, y, z, r, g, b
   */
  public float[] of(float[] xyz, float[] rgb, int points, int[] rowOf, int rows) {
    if (points > MOST_POINTS) {
      throw new IllegalArgumentException(
          points + " points are more than the 2^24 that a batch may hold");
    }
    reserve(Math.multiplyExact(rows, SUMS));
    int done = VECTOR ? VectorPointCells.add(xyz, rgb, points, rowOf, sums) : 0;
    add(xyz, rgb, done, points, rowOf, sums);
    return means(rows);
  }

  private void reserve(int length) {
    if (sums.length < length) {
      sums = new float[length];
    } else {
      Arrays.fill(sums, 0, length, 0);
    }
  }

  static void add(float[] xyz, float[] rgb, int from, int to, int[] rowOf, float[] sums) {
    for (int i = from, p = 3 * from; i < to; i++, p += 3) {
      int at = rowOf[i] * SUMS;
      sums[at] += xyz[p];
      sums[at + 1] += xyz[p + 1];
      sums[at + 2] += xyz[p + 2];
      sums[at + 3]++;
      sums[at + 4] += rgb[p];
      sums[at + 5] += rgb[p + 1];
      sums[at + 6] += rgb[p + 2];
    }
  }

  private float[] means(int rows) {
    float[] means = new float[rows * FEATURES];
    for (int row = 0; row < rows; row++) {
      int at = row * SUMS;
      int mean = row * FEATURES;
      float scale = 1f / Math.max(1, sums[at + 3]);
      for (int d = 0; d < 3; d++) {
        means[mean + d] = sums[at + d] * scale;
        means[mean + 3 + d] = sums[at + 4 + d] * scale;
      }
    }
    return means;
  }
}
