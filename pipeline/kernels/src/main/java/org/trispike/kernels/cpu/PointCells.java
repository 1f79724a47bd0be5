package org.trispike.kernels.cpu;

/**
 * The two loops over all points that make voxels: which cell a point lies in, and the means of what
 * lies in one. With vectors where this JVM and CPU have them; the results are the same bits.
 */
public final class PointCells {
  /** Floats of a row: x, y, z, r, g, b. */
  static final int FEATURES = 6;

  /** Vectors hold cells and keys as ints. */
  private static final int MOST_BITS = 31;

  /** Vectors count points in single precision, exact so far. */
  private static final int MOST_POINTS = 1 << 24;

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

  /**
   * Means of the points of each row, added up in their order; 0 where there are none.
   *
   * @param rowOf [points] below {@code rows}
   * @return [rows · 6] x, y, z, r, g, b
   */
  public static float[] means(float[] xyz, float[] rgb, int[] rowOf, int rows) {
    return VECTOR && rowOf.length <= MOST_POINTS
        ? VectorPointCells.means(xyz, rgb, rowOf, rows)
        : plainMeans(xyz, rgb, rowOf, rows);
  }

  static float[] plainMeans(float[] xyz, float[] rgb, int[] rowOf, int rows) {
    float[] features = new float[Math.multiplyExact(rows, FEATURES)];
    int[] points = new int[rows];
    for (int i = 0, p = 0; i < rowOf.length; i++, p += 3) {
      int at = rowOf[i] * FEATURES;
      points[rowOf[i]]++;
      features[at] += xyz[p];
      features[at + 1] += xyz[p + 1];
      features[at + 2] += xyz[p + 2];
      features[at + 3] += rgb[p];
      features[at + 4] += rgb[p + 1];
      features[at + 5] += rgb[p + 2];
    }
    for (int row = 0, at = 0; row < rows; row++, at += FEATURES) {
      float scale = 1f / Math.max(1, points[row]);
      for (int f = 0; f < FEATURES; f++) {
        features[at + f] *= scale;
      }
    }
    return features;
  }
}
