package org.trispike.spiking;

import org.trispike.kernels.Compute;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;

/**
 * What the layers of one forward or backward pass share.
 *
 * @param training whether activations are kept and norms use the batch
 * @param gradients null in a forward pass
 * @param paths of the layers that see spikes, or null for the dense kernels
 */
record Pass(
    Scope scope,
    EncoderSpec spec,
    Tensor parameters,
    Tensor gradients,
    boolean training,
    ActivityLog log,
    LayerPaths paths) {

  /**
   * An encoder's pass over a batch.
   *
   * @throws IllegalArgumentException if no encoder takes the batch
   * @throws IllegalStateException if a folded network is to be trained
   */
  static Pass forward(
      Scope scope,
      EncoderSpec spec,
      Form form,
      Tensor parameters,
      PointBatch batch,
      boolean training,
      LayerPaths paths) {
    Encoders.check(batch);
    if (training && form == Form.FOLDED) {
      throw new IllegalStateException("A folded network is not for training");
    }
    ActivityLog log = new ActivityLog(spec, batch.samples(), training);
    return new Pass(scope, spec, parameters, null, training, log, paths);
  }

  Compute compute() {
    return scope.compute();
  }

  int steps() {
    return spec.steps();
  }

  /** The same pass, on its way back; all gradients are 0 so far. */
  Pass back(Tensor parametersNow, Tensor gradientsOut) {
    if (!training) {
      throw new IllegalStateException("A backward pass needs a forward pass with training = true");
    }
    compute().fill(gradientsOut, 0f);
    return new Pass(scope, spec, parametersNow, gradientsOut, true, log, paths);
  }

  Tensor weight(ParameterLayout.Entry entry) {
    return entry.of(parameters);
  }

  Tensor gradient(ParameterLayout.Entry entry) {
    return entry.of(gradients);
  }

  /** Gives back a membrane that no later layer and no backward pass reads. */
  void drop(Tensor membrane) {
    // With several steps the neuron keeps its own membranes, and only those go back.
    if (!training || (spec.spiking() && spec.steps() > 1)) {
      scope.release(membrane);
    }
  }
}
