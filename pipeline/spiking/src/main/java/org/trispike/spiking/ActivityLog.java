package org.trispike.spiking;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.trispike.kernels.Tensor;

/** Notes what the layers of one pass received; in training the sums are put off until asked for. */
final class ActivityLog {
  private final EncoderSpec spec;
  private final int samples;
  private final boolean deferred;
  private final List<Supplier<LayerActivity>> pending = new ArrayList<>();
  private List<LayerActivity> resolved;

  ActivityLog(EncoderSpec spec, int samples, boolean deferred) {
    this.spec = spec;
    this.samples = samples;
    this.deferred = deferred;
  }

  /** A layer that multiplies: {@code input} is real-valued and the same in each step. */
  void real(String name, long macs, long inputs) {
    LayerActivity activity = new LayerActivity(name, samples, 1, macs, 0, inputs, true);
    pending.add(() -> activity);
  }

  /** A layer behind an activation; {@code input} has the rows of all steps. */
  void activated(Pass pass, String name, long macs, Tensor input) {
    if (!spec.spiking()) {
      real(name, macs, input.size());
    } else if (deferred) {
      pending.add(() -> spikes(pass, name, macs, input));
    } else {
      LayerActivity activity = spikes(pass, name, macs, input);
      pending.add(() -> activity);
    }
  }

  private LayerActivity spikes(Pass pass, String name, long macs, Tensor input) {
    double spikes = pass.compute().sum(input) / spec.neuron().scale();
    return new LayerActivity(name, samples, spec.steps(), macs, spikes, input.size(), false);
  }

  List<LayerActivity> resolve() {
    if (resolved == null) {
      resolved = pending.stream().map(Supplier::get).toList();
    }
    return resolved;
  }
}
