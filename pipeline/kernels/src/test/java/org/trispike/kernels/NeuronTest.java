package org.trispike.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trispike.kernels.Duo.Twin;

final class NeuronTest {

  @ParameterizedTest
  @MethodSource("org.trispike.kernels.Duo#computes")
  void tiesRoundUpForSvlAndToEvenForSpikeYolo(Compute compute) {
    float[] x = {-1f, -0f, 0.49999997f, 0.5f, 1.5f, 2.5f, 3.5f, 3.49f, 4f, 4.5f, 1e9f};
    try (compute) {
      assertThat(spikes(compute, Neuron.svl(4), 1, x))
          .containsExactly(
              0f, 0f, (float) Math.floor(0.49999997f + 0.5f), 1f, 2f, 3f, 4f, 3f, 4f, 4f, 4f);
      assertThat(spikes(compute, Neuron.spikeYolo(4), 1, x))
          .containsExactly(0f, 0f, 0f, 0f, 2f, 2f, 4f, 3f, 4f, 4f, 4f);
      assertThat(spikes(compute, Neuron.svl(4).smooth(), 1, x))
          .containsExactly(0f, 0f, 0.49999997f, 0.5f, 1.5f, 2.5f, 3.5f, 3.49f, 4f, 4f, 4f);
    }
  }

  @ParameterizedTest
  @MethodSource("org.trispike.kernels.Duo#computes")
  void theWindowIsStrictOrInclusiveAtItsBorders(Compute compute) {
    float[] u = {-0.1f, 0f, 0.1f, 2f, 3.9f, 4f, 4.1f, 0f, 4f, 1f, 0f, 0f, 0f, 0f, 0f, 0f, 4f, 0f};
    float[] strict = {0, 0, 1, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0};
    float[] inclusive = {0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    float[] ones = new float[u.length];
    java.util.Arrays.fill(ones, 1f);
    try (compute) {
      assertThat(gradient(compute, Neuron.svl(4), 1, u, ones)).containsExactly(strict);
      assertThat(gradient(compute, Neuron.spikeYolo(4), 1, u, ones)).containsExactly(inclusive);
    }
  }

  @ParameterizedTest
  @MethodSource("org.trispike.kernels.Duo#computes")
  void fourStepsFollowTheRecurrenceWorkedOutByHand(Compute compute) {
    // u: 1.6 → s 2; ¼(1.6−2)+0.7 = 0.6 → 1; ¼(0.6−1)+0.55 = 0.45 → 0; ¼(0.45−0)+6 = 6.1125 → 4.
    try (compute) {
      float[] x = {1.6f, 0.7f, 0.55f, 6f};
      assertThat(spikes(compute, Neuron.svl(4), 4, x)).containsExactly(2f, 1f, 0f, 4f);
      // Backward with ds = 1: step 3 saturates (0), steps 2, 1, 0 pass and carry a quarter.
      float[] u = {1.6f, 0.6f, 0.45f, 6.1125f};
      assertThat(gradient(compute, Neuron.svl(4), 4, u, new float[] {1, 1, 1, 1}))
          .containsExactly(1.3125f, 1.25f, 1f, 0f);
    }
  }

  @ParameterizedTest
  @MethodSource("org.trispike.kernels.Duo#computes")
  void aNormalisedNeuronEmitsPartsOfItsLevels(Compute compute) {
    Neuron neuron = new Neuron(8, 0.25f, Neuron.Rounding.HALF_EVEN, Neuron.Window.INCLUSIVE, true);
    try (compute) {
      assertThat(spikes(compute, neuron, 1, new float[] {3.2f, 9f, 0.6f}))
          .containsExactly(0.375f, 1f, 0.125f);
      assertThat(gradient(compute, neuron, 1, new float[] {3.2f, 9f}, new float[] {2f, 2f}))
          .containsExactly(0.25f, 0f);
      // ¼(3.2 − 3) + 0.6 = 0.65: the reset subtracts the level, not its normalised part.
      assertThat(spikes(compute, neuron, 2, new float[] {3.2f, 0.6f}))
          .containsExactly(0.375f, 0.125f);
    }
  }

  @ParameterizedTest
  @MethodSource("org.trispike.kernels.Duo#computes")
  void integersExpandIntoExactlyAsManyBinarySpikes(Compute compute) {
    float[] x = new float[1000];
    KeyedRandom random = KeyedRandom.of(9);
    for (int i = 0; i < x.length; i++) {
      x[i] = random.uniform(-1, 6);
    }
    try (compute) {
      float[] integers = spikes(compute, Neuron.svl(4), 1, x);
      for (int i = 0; i < x.length; i++) {
        int slots = 0;
        for (int d = 1; d <= 4; d++) {
          // Slot d of the thermometer fires when the membrane passes d − ½.
          slots += x[i] >= d - 0.5f ? 1 : 0;
        }
        assertThat(integers[i]).isEqualTo(slots);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.trispike.kernels.Duo#computes")
  void tracesOfSeveralStepsMatchTheOracle(Compute compute) {
    Neuron normalised =
        new Neuron(4, 0.5f, Neuron.Rounding.HALF_EVEN, Neuron.Window.INCLUSIVE, true);
    Neuron[] neurons = {
      Neuron.svl(4), Neuron.svl(1), Neuron.spikeYolo(4), normalised, Neuron.svl(4).smooth(),
    };
    try (Duo duo = new Duo(compute, 5)) {
      for (Neuron neuron : neurons) {
        for (int steps : new int[] {1, 2, 6}) {
          for (int rows : new int[] {0, 1, 13, 700}) {
            Twin x = duo.around(0.7, 1.5, steps * rows, 5);
            Twin u = duo.normal(steps * rows, 5);
            Twin s = duo.normal(steps * rows, 5);
            duo.fast.neuron(neuron, steps, x.fast(), u.fast(), s.fast());
            duo.exact.neuron(neuron, steps, x.exact(), u.exact(), s.exact());
            duo.assertClose(s);
            duo.assertClose(u);
            // The backward pass sees the same membranes, so that none falls on another side.
            for (int i = 0; i < u.fast().size(); i++) {
              float[] one = new float[1];
              duo.fast.download(u.fast().view(i, 1), one, 0);
              duo.exact.set(u.exact(), i, one[0]);
            }
            for (float beta : new float[] {0f, 1f, 0.5f}) {
              duo.fast.neuronBackward(neuron, steps, u.fast(), s.fast(), beta, x.fast());
              duo.exact.neuronBackward(neuron, steps, u.exact(), s.exact(), beta, x.exact());
              duo.assertClose(x);
            }
          }
        }
      }
    }
  }

  private static float[] spikes(Compute compute, Neuron neuron, int steps, float[] x) {
    try (Scope scope = new Scope(compute)) {
      Tensor s = scope.tensor(x.length);
      compute.neuron(neuron, steps, scope.of(x, x.length), scope.tensor(x.length), s);
      float[] result = new float[x.length];
      compute.download(s, result, 0);
      return result;
    }
  }

  private static float[] gradient(
      Compute compute, Neuron neuron, int steps, float[] u, float[] ds) {
    try (Scope scope = new Scope(compute)) {
      Tensor dx = scope.tensor(u.length);
      compute.neuronBackward(neuron, steps, scope.of(u, u.length), scope.of(ds, u.length), 0f, dx);
      float[] result = new float[u.length];
      compute.download(dx, result, 0);
      return result;
    }
  }
}
