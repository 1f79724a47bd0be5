package org.trispike.kernels.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.trispike.kernels.Neuron;

/** Neurons over whole vectors, all time steps at once so that the membrane stays in a register. */
final class VectorNeurons {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int W = S.length();

  /** Adding and subtracting this rounds a float below 2^22 to the nearest even integer. */
  private static final float ROUND_EVEN = 0x1.8p23f;

  private VectorNeurons() {}

  /** Handles whole vectors of [from, to) and returns where it stopped. */
  static int spikes(
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
    FloatVector top = FloatVector.broadcast(S, neuron.levels());
    FloatVector zero = FloatVector.zero(S);
    FloatVector scale = FloatVector.broadcast(S, neuron.scale());
    FloatVector decay = FloatVector.broadcast(S, neuron.decay());
    // One formula for all roundings: half-up is the even rounding of u + ½, less 1 if that rose.
    boolean halfUp = neuron.rounding() == Neuron.Rounding.HALF_UP;
    boolean none = neuron.rounding() == Neuron.Rounding.NONE;
    FloatVector shift = FloatVector.broadcast(S, halfUp ? 0.5f : 0f);
    FloatVector magic = FloatVector.broadcast(S, none ? 0f : ROUND_EVEN);
    FloatVector fall = FloatVector.broadcast(S, halfUp ? 1f : 0f);
    int i = from;
    for (; i + W <= to; i += W) {
      FloatVector rest = zero;
      for (int t = 0, at = i; t < steps; t++, at += slab) {
        FloatVector membrane = rest.fma(decay, FloatVector.fromArray(S, x, xAt + at));
        FloatVector raised = membrane.max(zero).min(top).add(shift);
        FloatVector even = raised.add(magic).sub(magic);
        FloatVector spike = even.sub(zero.blend(fall, even.compare(VectorOperators.GT, raised)));
        if (u != null) {
          membrane.intoArray(u, uAt + at);
        }
        spike.mul(scale).intoArray(s, sAt + at);
        rest = membrane.sub(spike);
      }
    }
    return i;
  }

  /** Handles whole vectors of [from, to) and returns where it stopped. */
  static int spikesBackward(
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
    FloatVector scale = FloatVector.broadcast(S, neuron.scale());
    FloatVector decay = FloatVector.broadcast(S, neuron.decay());
    FloatVector zero = FloatVector.zero(S);
    float top = neuron.levels();
    int i = from;
    for (; i + W <= to; i += W) {
      FloatVector carried = zero;
      for (int t = steps - 1, at = i + t * slab; t >= 0; t--, at -= slab) {
        FloatVector v = FloatVector.fromArray(S, u, uAt + at);
        VectorMask<Float> inside =
            strict
                ? v.compare(VectorOperators.GT, 0f).and(v.compare(VectorOperators.LT, top))
                : v.compare(VectorOperators.GE, 0f).and(v.compare(VectorOperators.LE, top));
        FloatVector own = zero.blend(FloatVector.fromArray(S, ds, dsAt + at), inside);
        FloatVector gradient = own.fma(scale, carried);
        FloatVector result = gradient;
        if (beta != 0) {
          result = FloatVector.fromArray(S, dx, dxAt + at).mul(beta).add(gradient);
        }
        result.intoArray(dx, dxAt + at);
        carried = gradient.mul(decay);
      }
    }
    return i;
  }
}
