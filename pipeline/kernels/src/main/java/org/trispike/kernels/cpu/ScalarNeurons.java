package org.trispike.kernels.cpu;

import org.trispike.kernels.Neuron;

/** Neurons one by one: the twin of {@link VectorNeurons}, and its tail. */
final class ScalarNeurons {
  private ScalarNeurons() {}

  static void spikes(
      Neuron neuron,
      int steps,
      int slab,
      float[] x,
      int xAt,
      float[] u,
      int uAt,
      float[] s,
      int sAt,
      int from,
      int to) {
    for (int i = from; i < to; i++) {
      float rest = 0;
      for (int t = 0, at = i; t < steps; t++, at += slab) {
        float membrane = Math.fma(rest, neuron.decay(), x[xAt + at]);
        float spike = emit(neuron, membrane);
        if (u != null) {
          u[uAt + at] = membrane;
        }
        s[sAt + at] = neuron.scale() * spike;
        rest = membrane - spike;
      }
    }
  }

  private static float emit(Neuron neuron, float membrane) {
    float clipped = Math.max(0f, Math.min(neuron.levels(), membrane));
    return switch (neuron.rounding()) {
      case HALF_UP -> (int) (clipped + 0.5f);
      case HALF_EVEN -> (float) Math.rint(clipped);
      case NONE -> clipped;
    };
  }

  static void spikesBackward(
      Neuron neuron,
      int steps,
      int slab,
      float[] u,
      int uAt,
      float[] ds,
      int dsAt,
      float beta,
      float[] dx,
      int dxAt,
      int from,
      int to) {
    boolean strict = neuron.window() == Neuron.Window.STRICT;
    for (int i = from; i < to; i++) {
      float carried = 0;
      for (int t = steps - 1, at = i + t * slab; t >= 0; t--, at -= slab) {
        float v = u[uAt + at];
        boolean inside = strict ? v > 0 && v < neuron.levels() : v >= 0 && v <= neuron.levels();
        float gradient = inside ? Math.fma(neuron.scale(), ds[dsAt + at], carried) : carried;
        dx[dxAt + at] = beta == 0 ? gradient : beta * dx[dxAt + at] + gradient;
        carried = gradient * neuron.decay();
      }
    }
  }
}
