package org.trispike.training.graph;

import java.util.Objects;

/**
 * AdamW: Adam with weight decay on weights alone, not on norms, biases and the logit scale.
 *
 * @param rate the learning rate by step
 * @param beta1 decay of the first moment; 0.9 in SVL
 * @param beta2 decay of the second moment; 0.98 in SVL
 * @param epsilon 1e-8 in SVL
 * @param weightDecay times the learning rate; 1e-4 in SVL
 */
public record OptimizerSpec(
    WarmupCosine rate, double beta1, double beta2, double epsilon, double weightDecay) {
  public OptimizerSpec {
    Objects.requireNonNull(rate, "Learning rate");
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
      throw new IllegalArgumentException(
          "Betas " + beta1 + " and " + beta2 + " are not in 0..1, without 1");
    }
    if (!(epsilon > 0) || !(weightDecay >= 0)) {
      throw new IllegalArgumentException(
          "Epsilon " + epsilon + " is not positive, or weight decay " + weightDecay + " negative");
    }
  }
}
