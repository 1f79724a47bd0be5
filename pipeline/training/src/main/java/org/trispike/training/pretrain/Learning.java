package org.trispike.training.pretrain;

import org.trispike.training.graph.OptimizerSpec;
import org.trispike.training.graph.WarmupCosine;

/**
 * How long and how fast the weights move.
 *
 * @param epochs passes over the training split
 * @param warmupEpochs passes over which the rate rises
 * @param startRate of the first step
 * @param peakRate after the warm-up
 * @param endRate at the end of the half cosine
 * @param beta1 of AdamW
 * @param beta2 of AdamW
 * @param epsilon of AdamW
 * @param weightDecay of AdamW
 * @param emaDecay share that a moving average of the weights keeps a step; 0 for none
 */
public record Learning(
    int epochs,
    double warmupEpochs,
    double startRate,
    double peakRate,
    double endRate,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    double emaDecay) {
  public Learning {
    if (epochs < 1) {
      throw new IllegalArgumentException("pretrain.epochs is positive, not " + epochs);
    }
    if (!(warmupEpochs >= 0)) {
      throw new IllegalArgumentException(
          "pretrain.warmup-epochs is not negative, but " + warmupEpochs);
    }
    if (!(emaDecay >= 0 && emaDecay < 1)) {
      throw new IllegalArgumentException(
          "pretrain.ema-decay is in 0..1, without 1, not " + emaDecay);
    }
    // Checks what the graph will be given, before any work starts.
    var unused =
        new OptimizerSpec(
            new WarmupCosine(startRate, peakRate, endRate, 0, 1),
            beta1,
            beta2,
            epsilon,
            weightDecay);
  }

  OptimizerSpec optimizer(TrainingPlan plan) {
    return new OptimizerSpec(
        new WarmupCosine(
            startRate,
            peakRate,
            endRate,
            plan.warmupBatches(),
            plan.batches(),
            plan.replication().replicas()),
        beta1,
        beta2,
        epsilon,
        weightDecay);
  }
}
