package org.trispike.spiking;

import org.trispike.kernels.Compute;
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

  /** By the dense kernels. */
  Pass(
      Scope scope,
      EncoderSpec spec,
      Tensor parameters,
      Tensor gradients,
      boolean training,
      ActivityLog log) {
    this(scope, spec, parameters, gradients, training, log, null);
  }

  Compute compute() {
    return scope.compute();
  }

  int steps() {
    return spec.steps();
  }

  /** The same pass, on its way back. */
  Pass back(Tensor parametersNow, Tensor gradientsOut) {
    return new Pass(scope, spec, parametersNow, gradientsOut, training, log, paths);
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
