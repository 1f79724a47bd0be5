package org.trispike.training.evaluate;

import java.io.Serializable;

/** How often the right class is the first, among three, among five: a mergeable count by class. */
public final class Accuracy implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int[] WITHIN = {1, 3, 5};

  private final long[] shapes;
  private final long[][] hits;

  public Accuracy(int classes) {
    shapes = new long[classes];
    hits = new long[WITHIN.length][classes];
  }

  /**
   * Shares of all shapes, each 0 without shapes.
   *
   * @param classMean mean over the classes that have shapes of their share of first places
   */
  public record Value(long shapes, double top1, double top3, double top5, double classMean) {}

  /**
   * Counts a shape.
   *
   * @param truth place of its class
   * @param rank of that class among all, from 1; 0 if it is not among them
   */
  public void add(int truth, int rank) {
    shapes[truth]++;
    for (int i = 0; i < WITHIN.length; i++) {
      hits[i][truth] += rank > 0 && rank <= WITHIN[i] ? 1 : 0;
    }
  }

  /** Adds what another has counted of the same classes. */
  public void merge(Accuracy other) {
    for (int k = 0; k < shapes.length; k++) {
      shapes[k] += other.shapes[k];
      for (int i = 0; i < WITHIN.length; i++) {
        hits[i][k] += other.hits[i][k];
      }
    }
  }

  public Value value() {
    double mean = 0;
    int seen = 0;
    for (int k = 0; k < shapes.length; k++) {
      if (shapes[k] > 0) {
        mean += top1(k);
        seen++;
      }
    }
    long all = sum(shapes);
    return new Value(
        all,
        share(sum(hits[0]), all),
        share(sum(hits[1]), all),
        share(sum(hits[2]), all),
        seen == 0 ? 0 : mean / seen);
  }

  /** Shapes of a class. */
  public long shapes(int k) {
    return shapes[k];
  }

  /** Share of a class's shapes whose class is the first; 0 without shapes. */
  public double top1(int k) {
    return share(hits[0][k], shapes[k]);
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  private static long sum(long[] values) {
    long sum = 0;
    for (long value : values) {
      sum += value;
    }
    return sum;
  }
}
