package org.trispike.kernels.cpu;

import java.util.Arrays;

/**
 * The loops over all points that make voxels: how far they reach, and which cell each lies in. With
 * vectors where this JVM and CPU have them; the results are the same bits.
 */
public final class PointCells {
  /** Vectors hold cells and keys as ints. */
  private static final int MOST_BITS = 31;

  private static final boolean VECTOR = VectorSupport.present();

  private PointCells() {}

  /**
   * How a cell becomes a key: (x + 1) · 2^shiftX + (y + 1) · 2^shiftY + z + 1, where cell =
   * trunc((xyz − low) / size) in single precision. Cells are at most 2^20.
   *
   * @param low [3] at most every coordinate
   * @param bits of the largest key
   */
  public record Packing(float[] low, float size, int shiftX, int shiftY, int bits) {}

  /**
   * Writes the extent of points [from, to) to {@code low} and {@code high} [at, at + 3): infinite
   * where there are none; the highest is NaN where a point is not finite.
   */
  public static void bounds(float[] xyz, int from, int to, float[] low, float[] high, int at) {
    Arrays.fill(low, at, at + 3, Float.POSITIVE_INFINITY);
    Arrays.fill(high, at, at + 3, Float.NEGATIVE_INFINITY);
    int done = VECTOR ? VectorPointCells.widen(xyz, from, to, low, high, at) : from;
    widen(xyz, done, to, low, high, at);
  }

  /** Widens the extent until it holds points [from, to), too. */
  static void widen(float[] xyz, int from, int to, float[] low, float[] high, int at) {
    for (int i = 3 * from; i < 3 * to; i += 3) {
      for (int d = 0; d < 3; d++) {
        float value = xyz[i + d];
        low[at + d] = value < low[at + d] ? value : low[at + d];
        // Adds nothing to a number, and NaN stays for good.
        high[at + d] = (value > high[at + d] ? value : high[at + d]) + value * 0;
      }
    }
  }

  /** Writes the keys of points [first, first + n) of {@code xyz} to {@code keys[0..n)}. */
  public static void keys(float[] xyz, int first, int n, Packing packing, long[] keys) {
    boolean vector = VECTOR && packing.bits() <= MOST_BITS;
    int done = vector ? VectorPointCells.keys(xyz, first, n, packing, keys) : 0;
    keys(xyz, first, done, n, packing, keys);
  }

  static void keys(float[] xyz, int first, int from, int n, Packing packing, long[] keys) {
    float lowX = packing.low()[0];
    float lowY = packing.low()[1];
    float lowZ = packing.low()[2];
    float size = packing.size();
    for (int i = from, c = 3 * (first + from); i < n; i++, c += 3) {
      long x = (int) ((xyz[c] - lowX) / size) + 1;
      long y = (int) ((xyz[c + 1] - lowY) / size) + 1;
      long z = (int) ((xyz[c + 2] - lowZ) / size) + 1;
      keys[i] = (x << packing.shiftX()) + (y << packing.shiftY()) + z;
    }
  }
}
