package org.trispike.vq.plan;

import java.util.List;
import java.util.TreeSet;

/**
 * Into how many parts, each with codebooks of its own, the work of a block is cut.
 *
 * <p>Cutting saves reading codebooks and costs adding partial results: s · output and codebooks / s
 * are equal for s* = √(codebooks / output). Only bytes are counted, so {@link #candidates} are to
 * be timed where there is a device: every part of a residual split repeats the whole product.
 *
 * @param ideal s* before it is rounded; infinite where parts need no adding
 * @param factor the divisor of {@code limit} nearest to it, by ratio
 * @param limit parts at most: codebooks of a block
 */
public record Split(double ideal, int factor, int limit) {
  /** Ratios that differ by less are equal but for rounding. */
  private static final double TIE = 1e-9;

  static Split of(Problem problem, AxisModel axes) {
    if (axes.switching().isEmpty()) {
      return new Split(1, 1, 1);
    }
    int limit = problem.codebooksOfBlock();
    double ideal =
        axes.globalReductions().isEmpty()
            ? Double.POSITIVE_INFINITY
            : Math.sqrt((double) problem.codebookBytesOfBlock() / problem.outputBytesOfBlock());
    return new Split(ideal, round(ideal, limit), limit);
  }

  /** Of two divisors that are equally near the smaller one, which repeats less work. */
  private static int round(double ideal, int limit) {
    double clipped = Math.min(Math.max(ideal, 1), limit);
    int best = 1;
    for (int divisor = 2; divisor <= limit; divisor++) {
      if (limit % divisor == 0 && ratio(divisor, clipped) < ratio(best, clipped) * (1 - TIE)) {
        best = divisor;
      }
    }
    return best;
  }

  private static double ratio(double a, double b) {
    return Math.max(a / b, b / a);
  }

  /** What is worth timing: the factor, its half and double as far as they divide, and no split. */
  public List<Integer> candidates() {
    TreeSet<Integer> candidates = new TreeSet<>(List.of(1, factor));
    if (factor % 2 == 0) {
      candidates.add(factor / 2);
    }
    if (limit % (2 * factor) == 0) {
      candidates.add(2 * factor);
    }
    return List.copyOf(candidates);
  }
}
