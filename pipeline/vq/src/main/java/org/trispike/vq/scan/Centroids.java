package org.trispike.vq.scan;

import java.util.Arrays;
import org.trispike.kernels.io.FloatArray;

/**
 * One direction for each list of a bank: a row belongs to the list whose direction has the largest
 * product with it, and a query looks into those that have the largest with itself. O(lists ·
 * columns) a query.
 */
public final class Centroids {
  /** Lists whose products are summed at a time: they stay in the first cache. */
  private static final int BLOCK = 1024;

  private final int lists;
  private final float[] byColumn;

  /**
   * @param directions [lists, columns]
   */
  public Centroids(FloatArray directions) {
    this.lists = directions.shape()[0];
    int columns = directions.shape()[1];
    this.byColumn = new float[directions.data().length];
    for (int i = 0; i < byColumn.length; i++) {
      byColumn[i % columns * lists + i / columns] = directions.data()[i];
    }
  }

  public int lists() {
    return lists;
  }

  /** The {@code probes} lists of largest product, best first; the lower of two equal ones. */
  public int[] nearest(float[] query, int probes) {
    float[] products = products(query);
    long[] keys = new long[lists];
    for (int list = 0; list < lists; list++) {
      keys[list] = (long) ~rising(products[list]) << 32 | list;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).limit(probes).mapToInt(key -> (int) key).toArray();
  }

  /** An int that orders as the number does. */
  private static int rising(float value) {
    int bits = Float.floatToIntBits(value);
    return bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
  }

  private float[] products(float[] query) {
    if (query.length * (long) lists != byColumn.length) {
      throw new IllegalArgumentException(
          "A query of "
              + query.length
              + " numbers meets directions of "
              + byColumn.length / Math.max(1, lists));
    }
    float[] products = new float[lists];
    for (int from = 0; from < lists; from += BLOCK) {
      int to = Math.min(from + BLOCK, lists);
      for (int c = 0; c < query.length; c++) {
        add(products, from, to, byColumn, c * lists, query[c]);
      }
    }
    return products;
  }

  /** Apart, so that the loop is compiled to vectors. */
  private static void add(float[] sums, int from, int to, float[] values, int at, float factor) {
    for (int i = from; i < to; i++) {
      sums[i] += factor * values[at + i];
    }
  }
}
