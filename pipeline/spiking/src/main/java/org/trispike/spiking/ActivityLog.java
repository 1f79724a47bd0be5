package org.trispike.spiking;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
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

  /** A layer that multiplies, once: its input is real-valued and the same in each step. */
  void real(String name, long macs, long inputs) {
    real(name, 1, macs, inputs);
  }

  /** A layer that multiplies in each of {@code steps} steps: its input is real-valued. */
  void real(String name, int steps, long macs, long inputs) {
    LayerActivity activity = new LayerActivity(name, samples, steps, macs, 0, inputs, true);
    pending.add(() -> activity);
  }

  /** A layer behind an activation; {@code input} has the rows of all steps. */
  void activated(Pass pass, String name, long macs, Tensor input) {
    activated(name, macs, input.size(), () -> pass.compute().sum(input));
  }

  /** A product that sees the {@code count} columns from {@code first} on of spikes. */
  void activated(Pass pass, String name, long macs, Tensor input, int first, int count) {
    activated(
        name,
        macs,
        (long) input.rows() * count,
        () -> {
          Tensor sums = pass.scope().tensor(input.columns());
          pass.compute().sumRows(input, 0f, sums);
          double sum = pass.compute().sum(sums.view(first, count));
          pass.scope().release(sums);
          return sum;
        });
  }

  /** A product that sees spikes of which there are {@code inputs} over all steps. */
  void activated(String name, long macs, long inputs, DoubleSupplier sum) {
    if (!spec.spiking()) {
      real(name, macs, inputs);
    } else if (deferred) {
      pending.add(() -> spikes(name, macs, inputs, sum));
    } else {
      LayerActivity activity = spikes(name, macs, inputs, sum);
      pending.add(() -> activity);
    }
  }

  private LayerActivity spikes(String name, long macs, long inputs, DoubleSupplier sum) {
    double spikes = sum.getAsDouble() / spec.neuron().scale();
    return new LayerActivity(name, samples, spec.steps(), macs, spikes, inputs, false);
  }

  List<LayerActivity> resolve() {
    if (resolved == null) {
      resolved = pending.stream().map(Supplier::get).toList();
    }
    return resolved;
  }
}
