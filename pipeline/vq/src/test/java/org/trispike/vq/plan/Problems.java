package org.trispike.vq.plan;

import org.trispike.vq.VqConfig;

/** The sizes of Llama-7B, with which the paper measures. */
final class Problems {
  private Problems() {}

  static Problem llama(Op op, VqConfig config) {
    return PaperTables.llama(op, config);
  }
}
