package org.trispike.training.pretrain;

/** Which checkpoint is the result of a training. */
public enum Selection {
  /** The one with the best score on the validation split. */
  VALIDATION,
  /** The last one. */
  LAST
}
