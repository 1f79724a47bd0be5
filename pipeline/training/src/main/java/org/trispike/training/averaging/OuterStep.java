package org.trispike.training.averaging;

import java.util.BitSet;
import java.util.Optional;

/**
 * A step of Nesterov's momentum on what a round changed, in the place of the plain mean: with the
 * round's start θ, the mean m of the replicas, and Δ = θ − m,
 *
 * <pre>  v ← μ v + Δ    θ ← θ − η (Δ + μ v)  </pre>
 *
 * Douillard et al. 2023 (DiLoCo: Distributed Low-Communication Training of Language Models), with η
 * = 0.7 and μ = 0.9. One more vector on the driver. Not for running statistics of norms, which
 * would overshoot: a variance could become negative.
 */
final class OuterStep {
  private final double rate;
  private final double momentum;
  private float[] velocity;

  /**
   * @param rate η
   * @param momentum μ
   */
  OuterStep(double rate, double momentum) {
    this.rate = rate;
    this.momentum = momentum;
  }

  /**
   * Turns the mean into what the next round starts from.
   *
   * @param start of the round
   * @param mean of the replicas, overwritten
   * @param fixed positions where the mean stays
   */
  void apply(float[] start, float[] mean, BitSet fixed) {
    if (start.length != mean.length || velocity != null && velocity.length != mean.length) {
      throw new IllegalArgumentException("The outer step belongs to a network of another size");
    }
    if (velocity == null && momentum != 0) {
      velocity = new float[mean.length];
    }
    for (int i = fixed.nextClearBit(0); i < mean.length; i = fixed.nextClearBit(i + 1)) {
      double change = (double) start[i] - mean[i];
      double step = change;
      if (velocity != null) {
        velocity[i] = (float) (momentum * velocity[i] + change);
        step += momentum * velocity[i];
      }
      mean[i] = (float) (start[i] - rate * step);
    }
  }

  /** v, if there is momentum and there was a step. */
  Optional<float[]> velocity() {
    return Optional.ofNullable(velocity);
  }

  /** Goes on from the velocity of a former run. */
  void restore(Optional<float[]> former) {
    velocity = former.map(float[]::clone).orElse(null);
  }
}
