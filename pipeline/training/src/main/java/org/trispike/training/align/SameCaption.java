package org.trispike.training.align;

/** What two samples of a batch with the same text are to each other in the text term. */
public enum SameCaption {
  /** Negatives like all others, as in SVL's code. */
  NEGATIVE,
  /** Nothing: their logit is −∞. */
  MASK,
  /** Positives: the text's weight is shared among its samples. */
  SHARE
}
