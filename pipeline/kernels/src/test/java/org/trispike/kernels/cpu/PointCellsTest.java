package org.trispike.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.trispike.kernels.KeyedRandom;

final class PointCellsTest {
  private static final int[] LENGTHS = {0, 1, 2, 7, 8, 9, 15, 16, 17, 33, 1000};

  /** In [−1, 1), a fifth of them on the edge of a cell. */
  private static float[] points(int n, long seed) {
    KeyedRandom random = KeyedRandom.of(seed, n);
    float[] xyz = new float[3 * n];
    for (int i = 0; i < xyz.length; i++) {
      float value = 2 * random.nextFloat() - 1;
      xyz[i] = i % 5 == 0 ? Math.round(value / 0.02f) * 0.02f : value;
    }
    return xyz;
  }

  @Test
  void keysAreThoseOfCellsCutOffInSinglePrecision() {
    float[] low = {-1, -0.99f, -1.5f};
    for (int[] shifts : new int[][] {{14, 7, 21}, {20, 10, 31}, {42, 21, 63}}) {
      for (int n : LENGTHS) {
        float[] xyz = points(n + 1, 3);
        float[] at = low.clone();
        for (int i = 0; i < xyz.length; i++) {
          at[i % 3] = Math.min(at[i % 3], xyz[i]);
        }
        long[] keys = new long[n];
        PointCells.keys(
            xyz, 1, n, new PointCells.Packing(at, 0.02f, shifts[0], shifts[1], shifts[2]), keys);
        for (int i = 0; i < n; i++) {
          long expected = 0;
          for (int d = 0; d < 3; d++) {
            float cells = (xyz[3 * (i + 1) + d] - at[d]) / 0.02f;
            expected += (long) Math.floor(cells) + 1 << (d == 2 ? 0 : shifts[d]);
          }
          assertThat(keys[i]).as("point %s of %s", i, n).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void theLastCellOfTheLargestGridIsExact() {
    float[] xyz = new float[3 * 16];
    Arrays.fill(xyz, (1 << 20) - 0.0625f);
    long[] keys = new long[16];
    PointCells.Packing packing = new PointCells.Packing(new float[3], 1, 25, 22, 31);
    PointCells.keys(xyz, 0, 16, packing, keys);
    // Beyond 31 bits on two axes, so that only z counts here.
    assertThat(keys[0] & (1 << 22) - 1).isEqualTo(1 << 20);
  }

  @Test
  void boundsAreThoseOfAllPoints() {
    for (int n : LENGTHS) {
      float[] xyz = points(n + 3, 6);
      float[] low = new float[6];
      float[] high = new float[6];
      PointCells.bounds(xyz, 1, n + 1, low, high, 3);
      for (int d = 0; d < 3; d++) {
        float lowest = Float.POSITIVE_INFINITY;
        float highest = Float.NEGATIVE_INFINITY;
        for (int i = 1; i <= n; i++) {
          lowest = Math.min(lowest, xyz[3 * i + d]);
          highest = Math.max(highest, xyz[3 * i + d]);
        }
        assertThat(low[3 + d]).isEqualTo(lowest);
        assertThat(high[3 + d]).isEqualTo(highest);
      }
      for (int i = 0; i < n; i += 5) {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, -1 / 0f}) {
          float[] spoilt = xyz.clone();
          spoilt[3 + 3 * i + i % 3] = bad;
          PointCells.bounds(spoilt, 1, n + 1, low, high, 0);
          assertThat(high[i % 3]).as("point %s of %s", i, n).isNaN();
        }
      }
    }
  }

  @Test
  void meansAddUpInTheOrderOfThePoints() {
    for (int n : LENGTHS) {
      // The last has no point.
      int rows = Math.min(n, 5) + 1;
      float[] xyz = points(n, 4);
      float[] rgb = points(n, 5);
      int[] rowOf = new int[n];
      for (int i = 0; i < n; i++) {
        rowOf[i] = i * 7 % Math.max(1, rows - 1);
      }
      float[] expected = new float[6 * rows];
      for (int row = 0; row < rows; row++) {
        int count = 0;
        for (int i = 0; i < n; i++) {
          if (rowOf[i] == row) {
            count++;
            for (int d = 0; d < 3; d++) {
              expected[6 * row + d] += xyz[3 * i + d];
              expected[6 * row + 3 + d] += rgb[3 * i + d];
            }
          }
        }
        for (int f = 0; f < 6; f++) {
          expected[6 * row + f] *= 1f / Math.max(1, count);
        }
      }
      PointMeans means = new PointMeans();
      assertThat(means.of(xyz, rgb, n, rowOf, rows)).isEqualTo(expected);
      // What the first left in its memory does not count.
      assertThat(means.of(xyz, rgb, n, rowOf, rows)).isEqualTo(expected);
      if (VectorPointCells.fitsSums()) {
        float[] sums = new float[PointMeans.SUMS * rows];
        int done = VectorPointCells.add(xyz, rgb, n, rowOf, sums);
        PointMeans.add(xyz, rgb, done, n, rowOf, sums);
        float[] plain = new float[PointMeans.SUMS * rows];
        PointMeans.add(xyz, rgb, 0, n, rowOf, plain);
        for (int i = 0; i < sums.length; i++) {
          assertThat(i % 8 == 7 ? 0 : sums[i]).isEqualTo(plain[i]);
        }
      }
    }
  }
}
