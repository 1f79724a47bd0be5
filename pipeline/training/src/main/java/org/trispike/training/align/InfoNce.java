package org.trispike.training.align;

/**
 * Symmetric InfoNCE between two sets of n vectors that belong together pairwise.
 *
 * <p>With unit vectors p̂ and q̂ and S = σ p̂ q̂ᵀ the loss of pair i is ½ (CE(S_i·, Y_i·) +
 * CE(S_·i, Y_i·)), where Y says what belongs together, the identity at its plainest. CLIP (Radford
 * et al. 2021) §2.3; SVL (arXiv 2505.17674) Eq. 6 and 7. O(n² c) time, O(n²) memory.
 */
final class InfoNce {
  private final int n;
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

  /** dLoss/dlogit, summed over the pairs' losses. */
  private final double[] slopes;

  InfoNce(double[] points, double[] others, int n, int c, double scale, Targets targets) {
    this.n = n;
    this.c = c;
    this.scale = scale;
    this.targets = targets;
    pLengths = Matrices.lengths(points, n, c);
    qLengths = Matrices.lengths(others, n, c);
    p = Matrices.normalized(points, pLengths, c);
    q = Matrices.normalized(others, qLengths, c);
    cosines = Matrices.timesTransposed(p, q, n, n, c);
    losses = new double[n];
    slopes = new double[n * n];
    for (int i = 0; i < n; i++) {
      crossEntropy(i, i * n, 1);
      crossEntropy(i, i, n);
    }
  }

  /** Half the cross entropy of line i, whose k-th logit lies at {@code start + k · stride}. */
  private void crossEntropy(int i, int start, int stride) {
    double max = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < n; k++) {
      max = targets.masked()[i * n + k] ? max : Math.max(max, logit(start + k * stride));
    }
    double sum = 0;
    for (int k = 0; k < n; k++) {
      sum += targets.masked()[i * n + k] ? 0 : Math.exp(logit(start + k * stride) - max);
    }
    double logSum = max + Math.log(sum);
    for (int k = 0; k < n; k++) {
      if (!targets.masked()[i * n + k]) {
        double logProbability = logit(start + k * stride) - logSum;
        double target = targets.weights()[i * n + k];
        losses[i] -= 0.5 * target * logProbability;
        slopes[start + k * stride] += 0.5 * (Math.exp(logProbability) - target);
      }
    }
  }

  private double logit(int at) {
    return scale * cosines[at];
  }

  /** Pairs whose own partner is the nearest of those that count. */
  int hits() {
    int hits = 0;
    for (int i = 0; i < n; i++) {
      boolean best = true;
      for (int j = 0; j < n; j++) {
        best &= targets.masked()[i * n + j] || cosines[i * n + j] <= cosines[i * n + i];
      }
      hits += best ? 1 : 0;
    }
    return hits;
  }

  /** Gradient of the sum of losses by the points, [n, c]. */
  double[] byPoints() {
    double[] g = Matrices.times(slopes, q, n, n, c);
    return through(g, p, pLengths);
  }

  /** Gradient of the sum of losses by the others, [n, c]. */
  double[] byOthers() {
    double[] g = Matrices.transposedTimes(slopes, p, n, n, c);
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
    for (int i = 0; i < n * n; i++) {
      sum += slopes[i] * scale * cosines[i];
    }
    return sum;
  }
}
