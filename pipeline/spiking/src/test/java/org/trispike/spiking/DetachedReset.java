package org.trispike.spiking;

import java.util.ArrayList;
import java.util.List;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Neuron;
import org.trispike.kernels.ReferenceCompute;
import org.trispike.kernels.Tensor;

/**
 * A compute for finite differences over several time steps. The neuron's gradient takes the emitted
 * spike for a constant in the reset, so the difference must too: a first run records the spikes,
 * and later runs subtract the recorded ones.
 */
final class DetachedReset {
  private final ReferenceCompute reference = new ReferenceCompute();
  private final List<double[]> spikes = new ArrayList<>();
  private boolean recording = true;
  private int call;

  Compute compute() {
    return Interceptor.around(reference, this::handle);
  }

  ReferenceCompute reference() {
    return reference;
  }

  /** Begins the next run; {@code record} anew, or replay. */
  void start(boolean record) {
    recording = record;
    call = 0;
    if (record) {
      spikes.clear();
    }
  }

  private boolean handle(String operation, Object[] arguments) {
    if (!operation.equals("neuron")) {
      return false;
    }
    Neuron neuron = (Neuron) arguments[0];
    int steps = (Integer) arguments[1];
    Tensor x = (Tensor) arguments[2];
    Tensor u = (Tensor) arguments[3];
    Tensor s = (Tensor) arguments[4];
    if (recording) {
      reference.neuron(neuron, steps, x, u, s);
      spikes.add(Fixtures.doubles(reference, s));
      return true;
    }
    double[] recorded = spikes.get(call++);
    int slab = x.size() / steps;
    for (int i = 0; i < x.size(); i++) {
      double membrane = reference.get(x, i);
      if (i >= slab) {
        membrane += neuron.decay() * (reference.get(u, i - slab) - recorded[i - slab]);
      }
      reference.set(u, i, membrane);
      reference.set(s, i, Math.max(0, Math.min(neuron.levels(), membrane)));
    }
    return true;
  }
}
