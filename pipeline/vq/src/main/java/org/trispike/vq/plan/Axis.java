package org.trispike.vq.plan;

/** A loop of an operation on codes. */
public enum Axis {
  /** Inputs of a weight matrix, over which its product sums. */
  M,
  /** Outputs of a weight matrix. */
  N,
  /** Residual rounds, which every dequantization sums. */
  R,
  /** Sequences of a batch. */
  B,
  /** Attention heads. */
  H,
  /** Tokens of a cache. */
  T,
  /** Channels of a head. */
  C
}
