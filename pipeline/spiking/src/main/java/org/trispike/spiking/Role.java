package org.trispike.spiking;

/** What an optimizer does with a parameter; the flat vector is ordered by it. */
public enum Role {
  /** Weights of linear maps: trained, with weight decay. */
  WEIGHT,
  /** Scales and shifts of norms, and biases: trained, without weight decay. */
  BIAS,
  /**
   * Running mean and variance of norms: not trained. Their "gradient" is old − new, so that {@code
   * p -= gradient} moves them.
   */
  STATISTIC
}
