package org.trispike.vq.cpu;

import org.trispike.vq.VqTensor;

/** By how much a product may miss the oracle's. */
final class Bounds {
  /** Of a float's last place; a sum of n numbers in any order is right to n of them. */
  private static final double ULP = 0x1p-24;

  private Bounds() {}

  /** A bound that holds for any numbers, not one that they happened to keep. */
  static double of(VqTensor tensor, Candidate candidate, float[] x, int row) {
    int length = tensor.config().vectorLength();
    int rounds = tensor.config().rounds();
    float[] entry = new float[length];
    double magnitudes = 0;
    double largest = 0;
    double range = 0;
    double sum = 0;
    float[] decoded = new float[tensor.groups() * length];
    tensor.decode(row, decoded);
    for (int column = 0; column < x.length; column++) {
      sum += Math.abs(x[column]);
      largest = Math.max(largest, Math.abs(decoded[column]));
    }
    for (int group = 0; group < tensor.groups(); group++) {
      int book = tensor.codebook(row, group);
      for (int round = 0; round < rounds; round++) {
        tensor.codebooks().entry(book, round, tensor.code(round, row, group), entry, 0);
        for (int d = 0; d < Math.min(length, x.length - group * length); d++) {
          magnitudes += Math.abs((double) entry[d] * x[group * length + d]);
        }
        if (candidate == Candidate.FAST_SCAN) {
          range = Math.max(range, range(tensor, book, round, x, group * length));
        }
      }
    }
    double terms = (double) tensor.groups() * length * rounds + 8;
    double floats = 2 * terms * ULP * magnitudes + 1e-30;
    return switch (candidate) {
      case DENSE, LOOKUP, DEQUANTIZE -> floats;
      case INT8 -> floats + largest / 127 / 2 * sum * (1 + 1e-5);
      // Half a step a sub-space; least values of a part are as large as its products.
      case FAST_SCAN -> {
        double subspaces = (double) tensor.groups() * rounds;
        yield 4 * floats + subspaces * range * (0.5 / 255 + 64 * ULP) + terms * ULP * range * 255;
      }
    };
  }

  private static double range(VqTensor tensor, int book, int round, float[] x, int at) {
    int length = tensor.config().vectorLength();
    float[] entry = new float[length];
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int code = 0; code < tensor.config().entries(); code++) {
      tensor.codebooks().entry(book, round, code, entry, 0);
      double product = 0;
      for (int d = 0; d < Math.min(length, x.length - at); d++) {
        product += (double) entry[d] * x[at + d];
      }
      low = Math.min(low, product);
      high = Math.max(high, product);
    }
    return high - low;
  }
}
