package org.trispike.spiking;

import org.trispike.kernels.Compute;

/**
 * The share of a layer's inputs, 0..1, that may fire for its event-driven path to be the faster.
 */
@FunctionalInterface
public interface BreakEven {
  double of(Compute compute, ConvShape shape);
}
