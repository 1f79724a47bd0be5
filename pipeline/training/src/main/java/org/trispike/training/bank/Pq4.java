package org.trispike.training.bank;

import org.trispike.kernels.Compute;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqConfigs;
import org.trispike.vq.train.ProductTraining;
import org.trispike.vq.train.QuantizerOptions;

/** The one way in which banks are quantized, the same in every task. */
final class Pq4 {
  static final VqConfig CONFIG = VqConfigs.PQ4;

  private Pq4() {}

  static ProductTraining training(Compute compute, int rows, int columns) {
    return new ProductTraining(compute, QuantizerOptions.defaults(), CONFIG, rows, columns);
  }
}
