package org.trispike.training.align;

/**
 * Which pairs belong together: row-wise targets that add up to 1, and pairs that do not count. The
 * first n of each row's columns are the batch, and there both matrices are made of a symmetric
 * relation, so the targets of column j are those of row j. The columns behind them are the bank:
 * negatives, or nothing.
 *
 * @param weights [n, columns] row-wise
 * @param masked [n, columns] pairs whose logit is −∞; never on the diagonal
 * @param n samples
 * @param columns samples and rows of the bank
 */
@SuppressWarnings("ArrayRecordComponent") // made, read and dropped within one step
record Targets(double[] weights, boolean[] masked, int n, int columns) {

  /** Of the text term: samples with the same text are what the specification says. */
  static Targets ofTexts(AlignmentSpec spec, Teacher teacher) {
    Targets targets = identity(teacher);
    if (spec.sameCaption() != SameCaption.NEGATIVE) {
      targets.relateSame(spec, teacher);
    }
    boolean cosines = spec.softWeight() > 0 || spec.falseNegatives().bySimilarity();
    double[] similar = cosines ? teacher.cosines() : null;
    targets.mask(spec.falseNegatives(), teacher, similar);
    if (spec.softWeight() > 0) {
      targets.soften(spec, similar);
    }
    return targets;
  }

  /** Of the image term: each sample belongs to its own picture. */
  static Targets ofImages(AlignmentSpec spec, Teacher teacher) {
    Targets targets = identity(teacher);
    double[] similar = spec.falseNegatives().bySimilarity() ? teacher.cosines() : null;
    targets.mask(spec.falseNegatives(), teacher, similar);
    return targets;
  }

  private static Targets identity(Teacher teacher) {
    int n = teacher.samples();
    int columns = teacher.columns();
    double[] weights = new double[n * columns];
    for (int i = 0; i < n; i++) {
      weights[i * columns + i] = 1;
    }
    return new Targets(weights, new boolean[n * columns], n, columns);
  }

  private void relateSame(AlignmentSpec spec, Teacher teacher) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        boolean same = teacher.same(i, j);
        if (spec.sameCaption() == SameCaption.SHARE && same) {
          weights[i * columns + j] = 1;
        }
        masked[i * columns + j] = spec.sameCaption() == SameCaption.MASK && i != j && same;
      }
      toUnitSum(i);
    }
  }

  /**
   * Masks false negatives; what has a share of the target is none.
   *
   * @param similar [n, columns] the teacher's cosines; null where none are asked for
   */
  private void mask(FalseNegatives rule, Teacher teacher, double[] similar) {
    for (int i = 0; i < n; i++) {
      for (int j = rule.inBatch() ? 0 : n; j < columns; j++) {
        int at = i * columns + j;
        boolean near = rule.bySimilarity() && similar[at] > rule.similarAbove();
        masked[at] |= weights[at] == 0 && (near || (j >= n && teacher.same(i, j)));
      }
    }
  }

  private void soften(AlignmentSpec spec, double[] similar) {
    for (int i = 0; i < n; i++) {
      double[] soft = new double[n];
      double sum = 0;
      for (int j = 0; j < n; j++) {
        int at = i * columns + j;
        // The diagonal's cosine is 1, the largest: subtracting it keeps the exponent small.
        soft[j] = masked[at] ? 0 : Math.exp(spec.softScale() * (similar[at] - 1));
        sum += soft[j];
      }
      for (int j = 0; j < n; j++) {
        int at = i * columns + j;
        weights[at] = (1 - spec.softWeight()) * weights[at] + spec.softWeight() * soft[j] / sum;
      }
    }
  }

  private void toUnitSum(int row) {
    double sum = 0;
    for (int j = 0; j < n; j++) {
      sum += weights[row * columns + j];
    }
    for (int j = 0; j < n; j++) {
      weights[row * columns + j] /= sum;
    }
  }
}
