package org.trispike.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trispike.kernels.Duo.Twin;

final class SpikeConvTest {
  private static final int[][] CHANNELS = {
    {1, 1},
    {16, 16},
    {16, 6},
    {24, 24},
    {24, 48},
    {5, 40},
    {33, 17},
    {64, 64},
    {128, 100},
    {16, 160},
  };

  @ParameterizedTest
  @MethodSource("org.trispike.kernels.Duo#computes")
  void matchesTheOracleForAnyShapeAndRate(Compute compute) {
    try (Duo duo = new Duo(compute, 1)) {
      for (int points : new int[] {0, 1, 40, 500}) {
        PointBatch batch = Clouds.surface(3, points, 0.3f, 11);
        for (VoxelSpec.Duplicates duplicates : VoxelSpec.Duplicates.values()) {
          VoxelSpec spec = new VoxelSpec(0.05f, VoxelSpec.Origin.PER_SAMPLE, duplicates);
          VoxelPyramid pyramid = VoxelPyramid.build(batch, spec, 2);
          for (int[] channels : CHANNELS) {
            layer(duo, pyramid.level(0).submanifold(), channels[0], channels[1], 1, 0.2);
            layer(duo, pyramid.level(1).down(), channels[0], channels[1], 1, 0.2);
          }
          for (double rate : new double[] {0, 0.01, 0.6, 1}) {
            layer(duo, pyramid.level(0).submanifold(), 16, 16, 3, rate);
            layer(duo, pyramid.level(1).down(), 16, 32, 2, rate);
          }
        }
      }
    }
  }

  private static void layer(Duo duo, Rulebook rulebook, int in, int out, int steps, double rate) {
    int rows = steps * rulebook.inRows();
    Twin s = duo.of(spikes(duo.random(), rows * in, rate), rows, in);
    Twin weights = duo.normal(rulebook.offsets(), in, out);
    Twin y = duo.normal(steps * rulebook.outRows(), out);
    duo.fast.spikeConv(s.fast(), weights.fast(), rulebook, y.fast());
    duo.exact.sparseConv(s.exact(), weights.exact(), rulebook, y.exact());
    duo.assertClose(y);
    assertThat(duo.fast.active(s.fast())).isEqualTo(duo.exact.active(s.exact()));
  }

  private static float[] spikes(KeyedRandom random, int size, double rate) {
    float[] spikes = new float[size];
    for (int i = 0; i < size; i++) {
      spikes[i] = random.nextFloat() < rate ? 1 + (int) (4 * random.nextFloat()) : 0;
    }
    return spikes;
  }

  /** Weights of few bits, so that no sum rounds: whatever the order, the result is one. */
  @Test
  void weightsWhoseSumsDoNotRoundGiveTheBitsOfTheDenseKernels() {
    VoxelPyramid pyramid =
        VoxelPyramid.build(Clouds.surface(2, 3000, 0.5f, 3), VoxelSpec.standard(), 1);
    Rulebook book = pyramid.level(0).submanifold();
    for (int width : new int[] {8, 16, 24, 64}) {
      KeyedRandom random = KeyedRandom.of(4, width);
      float[] s = spikes(random, book.inRows() * width, 0.3);
      float[] weights = new float[27 * width * width];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (int) (2048 * (random.nextFloat() - 0.5f)) * 0x1p-12f;
      }
      float[] dense = run(Computes.cpu(1), book, s, weights, width, false);
      assertThat(run(Computes.cpu(1), book, s, weights, width, true)).isEqualTo(dense);
      assertThat(run(Computes.cpu(3), book, s, weights, width, true)).isEqualTo(dense);
      assertThat(run(Computes.scalar(), book, s, weights, width, true)).isEqualTo(dense);
    }
  }

  private static float[] run(
      Compute compute, Rulebook book, float[] s, float[] weights, int width, boolean spikes) {
    try (compute;
        Scope scope = new Scope(compute)) {
      Tensor x = scope.of(s, book.inRows(), width);
      Tensor w = scope.of(weights, 27, width, width);
      Tensor y = scope.tensor(book.outRows(), width);
      if (spikes) {
        compute.spikeConv(x, w, book, y);
      } else {
        compute.sparseConv(x, w, book, y);
      }
      float[] values = new float[y.size()];
      compute.download(y, values, 0);
      return values;
    }
  }

  @ParameterizedTest
  @MethodSource("org.trispike.kernels.Duo#computes")
  void slotsOfAllLevelsAddUpToTheSpikes(Compute compute) {
    try (compute;
        Scope scope = new Scope(compute)) {
      float[] spikes = spikes(KeyedRandom.of(5), 77, 0.7);
      Tensor s = scope.of(spikes, 11, 7);
      Tensor slot = scope.tensor(11, 7);
      float[] sum = new float[77];
      float[] part = new float[77];
      for (int level = 0; level < 4; level++) {
        compute.spikesAbove(level, 0.5f, s, slot);
        compute.download(slot, part, 0);
        for (int i = 0; i < sum.length; i++) {
          assertThat(part[i]).isIn(0f, 0.5f);
          sum[i] += 2 * part[i];
        }
      }
      assertThat(sum).isEqualTo(spikes);
      assertThat(compute.active(s)).isEqualTo(count(spikes));
    }
  }

  private static long count(float[] spikes) {
    int[] fired = new int[spikes.length];
    Arrays.setAll(fired, i -> spikes[i] == 0 ? 0 : 1);
    return Arrays.stream(fired).sum();
  }
}
