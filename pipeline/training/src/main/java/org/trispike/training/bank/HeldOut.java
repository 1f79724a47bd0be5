package org.trispike.training.bank;

import org.trispike.kernels.KeyedPermutation;
import org.trispike.kernels.KeyedRandom;

/**
 * Queries to measure a bank with: drawn rows, each with so much noise that its cosine to itself is
 * about a half, as that of a shape to its name. They are in no bank.
 */
final class HeldOut {
  private static final long SEED = 11;

  private HeldOut() {}

  /** The rows that are drawn, in the order of the queries. */
  static long[] rows(int rows, int queries) {
    return new KeyedPermutation(rows, SEED).first(Math.min(rows, queries)).toArray();
  }

  /** Adds noise of √3 times the row's length, expected, to a row. */
  static float[] disturb(long row, float[] vector) {
    KeyedRandom random = KeyedRandom.of(SEED, row);
    double square = 0;
    for (float value : vector) {
      square += (double) value * value;
    }
    double deviation = Math.sqrt(3 * square / vector.length);
    float[] query = new float[vector.length];
    for (int i = 0; i < query.length; i++) {
      query[i] = (float) (vector[i] + deviation * random.nextGaussian());
    }
    return query;
  }
}
