package org.trispike.spiking;

import org.trispike.kernels.PointBatch;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;

/** An encoder whose layers that see spikes can go by any {@link SpikePath}: all that there are. */
interface PathEncoder extends Encoder {
  @Override
  default EncoderTrace forward(Scope scope, Tensor parameters, PointBatch batch, boolean training) {
    return forward(scope, parameters, batch, training, null);
  }

  /**
   * Runs the encoder.
   *
   * @param paths of the layers that see spikes; null for the dense kernels, which training takes
   */
  EncoderTrace forward(
      Scope scope, Tensor parameters, PointBatch batch, boolean training, LayerPaths paths);
}
