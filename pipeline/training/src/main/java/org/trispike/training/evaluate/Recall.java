package org.trispike.training.evaluate;

import java.io.Serializable;

/**
 * Retrieval: whether what belongs to a shape is among the 1, 5 or 10 candidates nearest to it, by
 * scalar product. Mergeable.
 */
public final class Recall implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int[] WITHIN = {1, 5, 10};

  private long shapes;
  private final long[] hits = new long[WITHIN.length];

  /** Shares of the shapes; 0 without shapes. */
  public record Value(long shapes, double r1, double r5, double r10) {}

  /**
   * Looks for a shape's own candidates among all of them; nothing if it has none.
   *
   * @param shape [C]
   * @param candidates [n][C]
   * @param own places of the candidates that belong to the shape; any of them will do
   */
  public void add(float[] shape, float[][] candidates, int[] own) {
    if (own.length > 0) {
      add(rank(shape, candidates, own));
    }
  }

  private void add(int rank) {
    shapes++;
    for (int i = 0; i < WITHIN.length; i++) {
      hits[i] += rank <= WITHIN[i] ? 1 : 0;
    }
  }

  /** 1 and the candidates of others that are at least as near as the nearest own one. */
  static int rank(float[] shape, float[][] candidates, int[] own) {
    double best = Double.NEGATIVE_INFINITY;
    for (int place : own) {
      best = Math.max(best, dot(shape, candidates[place]));
    }
    int rank = 1;
    for (float[] candidate : candidates) {
      rank += dot(shape, candidate) >= best ? 1 : 0;
    }
    for (int place : own) {
      rank -= dot(shape, candidates[place]) >= best ? 1 : 0;
    }
    return rank;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  /** Adds what another has counted. */
  public void merge(Recall other) {
    shapes += other.shapes;
    for (int i = 0; i < hits.length; i++) {
      hits[i] += other.hits[i];
    }
  }

  public Value value() {
    return new Value(shapes, share(hits[0]), share(hits[1]), share(hits[2]));
  }

  private double share(long part) {
    return shapes == 0 ? 0 : (double) part / shapes;
  }
}
