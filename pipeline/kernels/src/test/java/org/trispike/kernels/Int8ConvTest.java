package org.trispike.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against a loop over integers, bit for bit. */
final class Int8ConvTest {
  private static final int[][] CHANNELS = {
    {1, 1}, {16, 16}, {16, 6}, {24, 48}, {33, 17}, {128, 100}
  };

  @ParameterizedTest
  @MethodSource("org.trispike.kernels.Duo#computes")
  void isTheLoopOverIntegers(Compute compute) {
    try (compute) {
      for (int points : new int[] {1, 40, 3000}) {
        VoxelPyramid pyramid =
            VoxelPyramid.build(Clouds.surface(2, points, 0.5f, 11), VoxelSpec.standard(), 2);
        for (int[] channels : CHANNELS) {
          layer(compute, pyramid.level(0).submanifold(), channels[0], channels[1], 1);
          layer(compute, pyramid.level(1).down(), channels[0], channels[1], 2);
        }
      }
    }
  }

  private static void layer(Compute compute, Rulebook rulebook, int in, int out, int steps) {
    KeyedRandom random = KeyedRandom.of(in, out);
    int[] spikes = new int[steps * rulebook.inRows() * in];
    float[] floats = new float[spikes.length];
    for (int i = 0; i < spikes.length; i++) {
      spikes[i] = Math.max(0, (int) (8 * random.nextFloat()) - 3);
      floats[i] = spikes[i];
    }
    Int8Weights weights =
        Int8Weights.of(normal(random, rulebook, in, out), rulebook.offsets(), in, out);
    try (Scope scope = new Scope(compute)) {
      Tensor s = scope.of(floats, steps * rulebook.inRows(), in);
      Tensor y = scope.tensor(steps * rulebook.outRows(), out);
      compute.int8Conv(s, weights, rulebook, y);
      float[] got = new float[y.size()];
      compute.download(y, got, 0);
      assertThat(got).isEqualTo(naive(spikes, weights, rulebook, steps));
    }
  }

  private static float[] naive(int[] spikes, Int8Weights weights, Rulebook rulebook, int steps) {
    int[] sums = new int[steps * rulebook.outRows() * weights.out()];
    for (int t = 0; t < steps; t++) {
      for (int o = 0; o < rulebook.offsets(); o++) {
        for (int p = rulebook.start()[o]; p < rulebook.start()[o + 1]; p++) {
          int from = (t * rulebook.inRows() + rulebook.in()[p]) * weights.in();
          int to = (t * rulebook.outRows() + rulebook.out()[p]) * weights.out();
          for (int i = 0; i < weights.in(); i++) {
            for (int j = 0; j < weights.out(); j++) {
              int w = (o * weights.in() + i) * weights.out() + j;
              sums[to + j] += spikes[from + i] * weights.values()[w];
            }
          }
        }
      }
    }
    float[] y = new float[sums.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = sums[i] * weights.scales()[i % weights.out()];
    }
    return y;
  }

  private static float[] normal(KeyedRandom random, Rulebook rulebook, int in, int out) {
    float[] weights = new float[rulebook.offsets() * in * out];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian();
    }
    return weights;
  }

  @Test
  void aWeightMovesByHalfAScaleAtMost() {
    // The largest of a column is 127; half of it 63.5, which goes to the even 64; none is 0.
    Int8Weights weights = Int8Weights.of(new float[] {-2, 0, 1, 0, 0.5f, 0}, 1, 3, 2);
    assertThat(weights.values()).containsExactly(-127, 0, 64, 0, 32, 0);
    assertThat(weights.scales()[0]).isCloseTo(2 / 127f, within(1e-9f));
    assertThat(weights.scales()[1]).isZero();
    assertThatThrownBy(() -> new Int8Weights(2, 3, 2, new byte[6], new float[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("6 values and 2 scales are no weights 2 x 3 x 2");
  }
}
