package org.trispike.spiking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.Neuron;
import org.trispike.kernels.ReferenceCompute;
import org.trispike.kernels.Rulebook;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;

/**
 * The spiking gradient, which no finite difference can check, against the formula written out: one
 * layer of one channel on one site, and exact integers.
 */
class StraightThroughTest {
  private static final EncoderSpec SPEC =
      Fixtures.spec("one", 1, Activation.SPIKING, Neuron.svl(4), 1);

  @ParameterizedTest
  @ValueSource(doubles = {-1, 0, 0.49, 0.5, 1.5, 2.5, 3.5, 3.99, 4, 5})
  void gradientPassesUnchangedStrictlyBetweenZeroAndLevels(double membrane) {
    ParameterLayout.Builder builder = new ParameterLayout.Builder();
    ConvLayer layer = new ConvLayer(builder, Form.TRAINABLE, "l", 1, 1, 1, true);
    ParameterLayout layout = builder.build();
    ReferenceCompute compute = new ReferenceCompute();
    // Two sites: batch statistics of one row would have variance 0 and no gradient.
    Rulebook identity = new Rulebook(2, 2, new int[] {0, 2}, new int[] {0, 1}, new int[] {0, 1});
    try (Scope scope = new Scope(compute)) {
      Tensor parameters = scope.of(new float[] {3, 2, 0, 0, 1}, layout.size());
      Tensor gradients = scope.zeros(layout.size());
      Tensor x = scope.zeros(2, 1);
      compute.set(x, 0, membrane);
      compute.set(x, 1, 2);
      ActivityLog log = new ActivityLog(SPEC, 1, true);
      Pass pass = new Pass(scope, SPEC, parameters, gradients, true, log, null);
      ConvLayer.Kept kept = layer.forward(pass, x, identity, null);
      double spike = Math.floor(Math.max(0, Math.min(4, membrane)) + 0.5);
      assertThat(compute.get(kept.input(), 0)).isEqualTo(spike);
      assertThat(log.resolve().get(0).spikes()).isEqualTo(spike + 2);

      Tensor dy = scope.tensor(2, 1);
      compute.set(dy, 0, 1);
      compute.set(dy, 1, -0.5);
      Tensor dx = layer.backward(pass, kept, dy, true, null);

      // y = BN(3 s): its gradient by hand, then the window.
      double[] raw = {3 * spike, 6};
      double mean = (raw[0] + raw[1]) / 2;
      double deviation = Math.sqrt(Math.pow((raw[0] - raw[1]) / 2, 2) + BatchNorm.EPSILON);
      double[] normalized = {(raw[0] - mean) / deviation, (raw[1] - mean) / deviation};
      double[] g = {1, -0.5};
      double sum = (g[0] + g[1]) / 2;
      double along = (g[0] * normalized[0] + g[1] * normalized[1]) / 2;
      boolean inside = membrane > 0 && membrane < 4;
      double expected = inside ? 3 * 2 / deviation * (g[0] - sum - normalized[0] * along) : 0;
      assertThat(compute.get(dx, 0)).isCloseTo(expected, within(1e-9));
    }
  }

  @Test
  void gradientOfSeveralStepsTakesTheSpikeForAConstant() {
    Neuron neuron = Neuron.svl(4);
    ReferenceCompute compute = new ReferenceCompute();
    KeyedRandom random = KeyedRandom.of(4);
    try (Scope scope = new Scope(compute)) {
      Tensor x = scope.tensor(3, 5);
      Tensor u = scope.tensor(3, 5);
      Tensor s = scope.tensor(3, 5);
      Tensor ds = scope.tensor(3, 5);
      Tensor dx = scope.tensor(3, 5);
      for (int i = 0; i < 15; i++) {
        compute.set(x, i, random.uniform(-1, 6));
        compute.set(ds, i, random.nextGaussian());
      }
      compute.neuron(neuron, 3, x, u, s);
      compute.neuronBackward(neuron, 3, u, ds, 0f, dx);
      for (int i = 0; i < 5; i++) {
        // du[t']/dx[t] = β^(t'−t), since the reset is a constant.
        for (int t = 0; t < 3; t++) {
          double expected = 0;
          for (int later = t; later < 3; later++) {
            double membrane = compute.get(u, later * 5 + i);
            if (membrane > 0 && membrane < 4) {
              expected += Math.pow(0.25, later - t) * compute.get(ds, later * 5 + i);
            }
          }
          assertThat(compute.get(dx, t * 5 + i)).isCloseTo(expected, within(1e-12));
        }
      }
    }
  }
}
