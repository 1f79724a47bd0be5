package org.trispike.vq.scan;

import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.Codebooks;
import org.trispike.vq.VqTensor;

/**
 * What a query needs to know of a bank: its product with each entry of each sub-space, as a byte.
 *
 * <p>product ≈ least of its sub-space + byte · step, with one step for all, so that sums of bytes
 * order rows as sums of products do, to half a step a sub-space. The whole costs 16 products of the
 * query's length.
 */
final class QueryTable {
  /**
   * Largest byte: four of them fit into one. That is fine enough: the rounding of a look-up, by 0.3
   * of a 63rd of the widest range, is nothing beside what codes of 4 bits miss.
   */
  static final int TOP = 63;

  private final byte[] bytes;
  private final double step;
  private final double base;

  private QueryTable(byte[] bytes, double step, double base) {
    this.bytes = bytes;
    this.step = step;
    this.base = base;
  }

  /** The table of {@code query} [columns]; a rotated bank has its query rotated. */
  static QueryTable of(VqTensor bank, float[] query) {
    return of(
        bank.codebooks(),
        bank.config().vectorLength(),
        bank.columns(),
        bank.rotation().orElse(null),
        query);
  }

  /**
   * @param length columns of a sub-space
   * @param rotation of the rows, or null
   */
  static QueryTable of(
      Codebooks codebooks, int length, int columns, FloatArray rotation, float[] query) {
    if (query.length != columns) {
      throw new IllegalArgumentException(
          "A query of " + query.length + " numbers meets rows of " + columns);
    }
    double[] products =
        products(codebooks, length, rotation == null ? query : rotate(query, rotation));
    double base = 0;
    double range = 0;
    double[] least = new double[products.length / ScanBank.ENTRIES];
    for (int group = 0; group < least.length; group++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int entry = 0; entry < ScanBank.ENTRIES; entry++) {
        low = Math.min(low, products[group * ScanBank.ENTRIES + entry]);
        high = Math.max(high, products[group * ScanBank.ENTRIES + entry]);
      }
      least[group] = low;
      base += low;
      range = Math.max(range, high - low);
    }
    double step = range > 0 ? range / TOP : 1;
    // A missing last sub-space adds nothing; a vector that is loaded at the last table reads on.
    byte[] bytes = new byte[(least.length + 1) / 2 * 2 * ScanBank.ENTRIES + ScanBank.BLOCK];
    for (int i = 0; i < products.length; i++) {
      bytes[i] = (byte) Math.round((products[i] - least[i / ScanBank.ENTRIES]) / step);
    }
    return new QueryTable(bytes, step, base);
  }

  private static float[] rotate(float[] query, FloatArray rotation) {
    float[] turn = rotation.data();
    int n = query.length;
    float[] rotated = new float[n];
    int i = 0;
    // The matrix comes from memory: four rows of it at once come sooner than one after the other.
    for (; i + 4 <= n; i += 4) {
      float first = query[i];
      float second = query[i + 1];
      float third = query[i + 2];
      float fourth = query[i + 3];
      int row = i * n;
      for (int j = 0; j < n; j++) {
        rotated[j] +=
            first * turn[row + j]
                + second * turn[row + n + j]
                + third * turn[row + 2 * n + j]
                + fourth * turn[row + 3 * n + j];
      }
    }
    for (; i < n; i++) {
      float value = query[i];
      int row = i * n;
      for (int j = 0; j < n; j++) {
        rotated[j] += value * turn[row + j];
      }
    }
    return rotated;
  }

  private static double[] products(Codebooks codebooks, int length, float[] query) {
    int groups = (query.length + length - 1) / length;
    double[] products = new double[groups * ScanBank.ENTRIES];
    float[] entries = new float[ScanBank.ENTRIES * length];
    for (int group = 0; group < groups; group++) {
      for (int entry = 0; entry < ScanBank.ENTRIES; entry++) {
        codebooks.entry(group, 0, entry, entries, entry * length);
      }
      int from = group * length;
      int columns = Math.min(length, query.length - from);
      for (int entry = 0; entry < ScanBank.ENTRIES; entry++) {
        double product = 0;
        for (int d = 0; d < columns; d++) {
          product += (double) query[from + d] * entries[entry * length + d];
        }
        products[group * ScanBank.ENTRIES + entry] = product;
      }
    }
    return products;
  }

  /** [sub-spaces, 16] bytes, with at least 64 more behind them. */
  byte[] bytes() {
    return bytes;
  }

  /** The product that a sum of bytes stands for. */
  double product(int sum) {
    return base + step * sum;
  }

  /** By how much {@link #product} may miss that of the codes, with so many sub-spaces. */
  double error(int groups) {
    return step / 2 * groups;
  }
}
