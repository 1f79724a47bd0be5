package org.trispike.spiking;

import org.trispike.kernels.Matrices;
import org.trispike.kernels.Tensor;

/**
 * The products of an attention without its maps: of spikes [steps · tokens, 3 · width], queries,
 * keys and values side by side, each cut into heads, to membranes [steps · tokens, width]. One
 * sample goes after the other, so that no more than one sample's products are in memory.
 */
interface AttentionProduct {

  /** The product that {@code attention} names. */
  static AttentionProduct of(Attention attention, String name, int heads, int headWidth) {
    return switch (attention) {
      case PAPER -> new LinearAttention(name, new Heads(heads, headWidth));
      case PUBLISHED -> new QuadraticAttention(name, new Heads(heads, headWidth));
    };
  }

  /** Fills {@code y}. */
  void forward(Pass pass, Tensor spikes, TokenRows rows, Tensor y);

  /** Fills {@code dSpikes}; dy is not changed. */
  void backward(Pass pass, Tensor spikes, TokenRows rows, Tensor dy, Tensor dSpikes);

  /** How rows of spikes, and of membranes, are cut. */
  record Heads(int count, int width) {
    /** Columns of all heads. */
    int columns() {
      return count * width;
    }

    /** Queries of one sample's rows; of membranes, all there is. */
    Matrices queries(Tensor rows) {
      return Matrices.columns(rows, 0, count, width);
    }

    Matrices keys(Tensor rows) {
      return Matrices.columns(rows, columns(), count, width);
    }

    Matrices values(Tensor rows) {
      return Matrices.columns(rows, 2 * columns(), count, width);
    }
  }
}
