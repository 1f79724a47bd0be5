package org.trispike.vq.plan;

import static org.trispike.vq.plan.Axis.B;
import static org.trispike.vq.plan.Axis.C;
import static org.trispike.vq.plan.Axis.H;
import static org.trispike.vq.plan.Axis.M;
import static org.trispike.vq.plan.Axis.N;
import static org.trispike.vq.plan.Axis.R;
import static org.trispike.vq.plan.Axis.T;

import java.util.EnumSet;
import java.util.Set;

/** An operation whose one operand is quantized. */
public enum Op {
  /** Product with a batch of activations on tensor cores. */
  GEMM(EnumSet.of(M, N, R), EnumSet.of(M, R)),
  /** Product with one activation, or few. */
  GEMV(EnumSet.of(M, N, R), EnumSet.of(M, R)),
  /** Scores: the query with every cached key. */
  ATTENTION_K(EnumSet.of(B, H, T, C, R), EnumSet.of(C, R)),
  /** The values, weighted by the shares of their tokens. */
  ATTENTION_V(EnumSet.of(B, H, T, C, R), EnumSet.of(T, R));

  private final Set<Axis> axes;
  private final Set<Axis> reduced;

  Op(Set<Axis> axes, Set<Axis> reduced) {
    this.axes = axes;
    this.reduced = reduced;
  }

  Set<Axis> axes() {
    return EnumSet.copyOf(axes);
  }

  Set<Axis> reduced() {
    return EnumSet.copyOf(reduced);
  }

  /** Whether the operand is a cache of [tokens, heads · channels], not [outputs, inputs]. */
  public boolean onCache() {
    return this == ATTENTION_K || this == ATTENTION_V;
  }

  /**
   * Elements of a vector that a thread computes with: a look-up gives it all x. A fragment of
   * mma.sync holds pairs; sums down a column want one element a thread; the score of a key sums
   * along the vector itself, so a thread keeps all.
   */
  int piece(int vectorLength) {
    return switch (this) {
      case GEMM -> Math.min(2, vectorLength);
      case GEMV, ATTENTION_V -> 1;
      case ATTENTION_K -> vectorLength;
    };
  }
}
