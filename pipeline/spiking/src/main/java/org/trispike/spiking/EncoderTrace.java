package org.trispike.spiking;

import java.util.List;
import org.trispike.kernels.Tensor;

/** One forward pass: its results, and what the backward pass needs. Lives as long as its scope. */
public interface EncoderTrace {

  /** [samples, outputWidth]. */
  Tensor output();

  /** [samples, C4]: what the last map sees, pooled over each sample's sites and the time steps. */
  Tensor pooled();

  /** Occupied voxels of the batch at the finest level; points, for encoders of points. */
  int sites();

  /**
   * What each layer received, in the order of the network. After a training pass the sums over
   * spikes are taken at the first call, which must come before the backward pass and costs one
   * reading of each layer's input.
   */
  List<LayerActivity> activities();
}
