package org.trispike.training.align;

/**
 * Symmetric InfoNCE between two sets of n vectors that belong together pairwise; behind the second
 * set stand m further negatives, which have no partners.
 *
 * <p>With unit vectors p̂ [n, c] and q̂ [n + m, c] and S = σ p̂ q̂ᵀ the loss of pair i is ½
 * (CE(S_i·, Y_i·) + CE(S_·i, Y_i·)), where Y says what belongs together, the identity at its
 * plainest. A row S_i· has n + m logits. A column has the n of the points, and there is none of the
 * further negatives: it would have no point to find. CLIP (Radford et al. 2021) §2.3; SVL (arXiv
 * 2505.17674) Eq. 6 and 7. O(n (n + m) c) time, O(n (n + m)) memory.
 */
final class InfoNce {
  private final int n;
  private final int columns;
  private final int c;
  private final double[] p;
  private final double[] q;
  private final double[] pLengths;
  private final double[] qLengths;
  private final double[] cosines;
  private final Targets targets;
  private final double scale;

  /** Loss of each pair. */
  final double[] losses;

  /** [n, columns] dLoss/dlogit, summed over the pairs' losses. */
  private final double[] slopes;

  /**
   * @param points [n, c]
   * @param others [columns, c]
   */
  InfoNce(double[] points, double[] others, int c, double scale, Targets targets) {
    this.n = targets.n();
    this.columns = targets.columns();
    this.c = c;
    this.scale = scale;
    this.targets = targets;
    pLengths = Matrices.lengths(points, n, c);
    qLengths = Matrices.lengths(others, columns, c);
    p = Matrices.normalized(points, pLengths, c);
    q = Matrices.normalized(others, qLengths, c);
    cosines = Matrices.timesTransposed(p, q, n, columns, c);
    losses = new double[n];
    slopes = new double[n * columns];
    for (int i = 0; i < n; i++) {
      crossEntropy(i, i * columns, 1, columns);
      crossEntropy(i, i, columns, n);
    }
  }

  /** Half the cross entropy of line i, whose k-th logit lies at {@code start + k · stride}. */
  private void crossEntropy(int i, int start, int stride, int count) {
    int target = i * columns;
    double max = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < count; k++) {
      max = targets.masked()[target + k] ? max : Math.max(max, logit(start + k * stride));
    }
    double sum = 0;
    for (int k = 0; k < count; k++) {
      sum += targets.masked()[target + k] ? 0 : Math.exp(logit(start + k * stride) - max);
    }
    double logSum = max + Math.log(sum);
    for (int k = 0; k < count; k++) {
      if (!targets.masked()[target + k]) {
        double logProbability = logit(start + k * stride) - logSum;
        double weight = targets.weights()[target + k];
        losses[i] -= 0.5 * weight * logProbability;
        slopes[start + k * stride] += 0.5 * (Math.exp(logProbability) - weight);
      }
    }
  }

  private double logit(int at) {
    return scale * cosines[at];
  }

  /** Pairs whose own partner is the nearest of those of the batch that count. */
  int hits() {
    int hits = 0;
    for (int i = 0; i < n; i++) {
      int row = i * columns;
      boolean best = true;
      for (int j = 0; j < n; j++) {
        best &= targets.masked()[row + j] || cosines[row + j] <= cosines[row + i];
      }
      hits += best ? 1 : 0;
    }
    return hits;
  }

  /** Gradient of the sum of losses by the points, [n, c]. */
  double[] byPoints() {
    double[] g = Matrices.times(slopes, q, n, columns, c);
    return through(g, p, pLengths);
  }

  /** Gradient of the sum of losses by the others, [columns, c]. */
  double[] byOthers() {
    double[] g = Matrices.transposedTimes(slopes, p, n, columns, c);
    return through(g, q, qLengths);
  }

  private double[] through(double[] g, double[] unit, double[] lengths) {
    for (int i = 0; i < g.length; i++) {
      g[i] *= scale;
    }
    Matrices.throughNormalization(g, unit, lengths, c);
    return g;
  }

  /** Gradient of the sum of losses by ln σ. */
  double byLogScale() {
    double sum = 0;
    for (int i = 0; i < slopes.length; i++) {
      sum += slopes[i] * scale * cosines[i];
    }
    return sum;
  }
}
