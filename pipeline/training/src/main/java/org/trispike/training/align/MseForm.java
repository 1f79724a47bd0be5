package org.trispike.training.align;

/** How squared differences to the projected image are reduced. */
public enum MseForm {
  /** Mean over samples and columns: SVL's code. */
  MEAN,
  /** Sum over columns, mean over samples: SVL's paper, Eq. 8, but for the mean over the batch. */
  SUM
}
