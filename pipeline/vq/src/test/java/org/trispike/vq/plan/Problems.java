package org.trispike.vq.plan;

import org.trispike.vq.VqConfig;

/** The sizes of Llama-7B, with which the paper measures. */
final class Problems {
  private Problems() {}

  static Problem llama(Op op, VqConfig config) {
    return switch (op) {
      case GEMM -> Problem.weights(op, config, 4096, 4096, 1024);
      case GEMV -> Problem.weights(op, config, 4096, 4096, 1);
      case ATTENTION_K, ATTENTION_V -> Problem.cache(op, config, 1024, 32, 128, 1);
    };
  }
}
