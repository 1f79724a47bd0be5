package org.trispike.training.align;

/**
 * Which columns are taken for more of the same rather than for something else, and count for
 * nothing: their logit is −∞. Rows of the bank with the very vector of a sample always do.
 *
 * @param similarAbove the teacher's cosine above which two texts, or two pictures, do; 1 for none
 * @param inBatch whether that holds for samples of one batch too, not only for rows of the bank
 */
public record FalseNegatives(double similarAbove, boolean inBatch) {
  public FalseNegatives {
    if (!(similarAbove > -1 && similarAbove <= 1)) {
      throw new IllegalArgumentException(
          "pretrain.negatives.similar-above is a cosine above -1, at most 1, not " + similarAbove);
    }
  }

  /** None but the same vectors. */
  public static FalseNegatives none() {
    return new FalseNegatives(1, false);
  }

  boolean bySimilarity() {
    return similarAbove < 1;
  }
}
