package org.trispike.training.align;

import java.util.Arrays;

/**
 * Which pairs of a batch belong together: row-wise targets that add up to 1, and pairs that do not
 * count. Both matrices are made of a symmetric relation, so the targets of column j are those of
 * row j.
 *
 * @param weights [n, n] row-wise
 * @param masked [n, n] pairs whose logit is −∞; never on the diagonal
 */
@SuppressWarnings("ArrayRecordComponent") // made, read and dropped within one step
record Targets(double[] weights, boolean[] masked) {

  /** Each sample belongs to itself. */
  static Targets identity(int n) {
    double[] weights = new double[n * n];
    for (int i = 0; i < n; i++) {
      weights[i * n + i] = 1;
    }
    return new Targets(weights, new boolean[n * n]);
  }

  /**
   * By the teacher's own vectors of the texts.
   *
   * @param texts [n, d], of any length
   */
  static Targets of(AlignmentSpec spec, double[] texts, int n, int d) {
    Targets targets = identity(n);
    if (spec.sameCaption() == SameCaption.NEGATIVE && spec.softWeight() == 0) {
      return targets;
    }
    boolean[] same = same(texts, n, d);
    double[] weights = targets.weights;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (spec.sameCaption() == SameCaption.SHARE && same[i * n + j]) {
          weights[i * n + j] = 1;
        }
        targets.masked[i * n + j] =
            spec.sameCaption() == SameCaption.MASK && i != j && same[i * n + j];
      }
      toUnitSum(weights, i, n);
    }
    if (spec.softWeight() > 0) {
      soften(spec, targets, texts, n, d);
    }
    return targets;
  }

  /** Two texts are the same if the teacher says the same of them. */
  private static boolean[] same(double[] texts, int n, int d) {
    boolean[] same = new boolean[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        boolean equal = Arrays.equals(texts, i * d, i * d + d, texts, j * d, j * d + d);
        same[i * n + j] = equal;
        same[j * n + i] = equal;
      }
    }
    return same;
  }

  private static void soften(AlignmentSpec spec, Targets targets, double[] texts, int n, int d) {
    double[] unit = Matrices.normalized(texts, Matrices.lengths(texts, n, d), d);
    double[] cosines = Matrices.timesTransposed(unit, unit, n, n, d);
    for (int i = 0; i < n; i++) {
      double[] soft = new double[n];
      double sum = 0;
      for (int j = 0; j < n; j++) {
        // The diagonal's cosine is 1, the largest: subtracting it keeps the exponent small.
        soft[j] =
            targets.masked[i * n + j] ? 0 : Math.exp(spec.softScale() * (cosines[i * n + j] - 1));
        sum += soft[j];
      }
      for (int j = 0; j < n; j++) {
        int at = i * n + j;
        targets.weights[at] =
            (1 - spec.softWeight()) * targets.weights[at] + spec.softWeight() * soft[j] / sum;
      }
    }
  }

  private static void toUnitSum(double[] weights, int row, int n) {
    double sum = 0;
    for (int j = 0; j < n; j++) {
      sum += weights[row * n + j];
    }
    for (int j = 0; j < n; j++) {
      weights[row * n + j] /= sum;
    }
  }
}
