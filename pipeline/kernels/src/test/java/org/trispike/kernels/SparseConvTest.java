package org.trispike.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trispike.kernels.Duo.Twin;

final class SparseConvTest {
  private static final int[][] CHANNELS = {
    {1, 1},
    {6, 16},
    {16, 16},
    {16, 6},
    {24, 24},
    {24, 48},
    {5, 40},
    {32, 16},
    {33, 17},
    {64, 64},
    {128, 100},
    {16, 160},
  };

  @ParameterizedTest
  @MethodSource("org.trispike.kernels.Duo#computes")
  void forwardAndBackwardMatchTheOracle(Compute compute) {
    try (Duo duo = new Duo(compute, 1)) {
      for (int points : new int[] {0, 1, 40, 500}) {
        PointBatch batch = Clouds.surface(3, points, 0.3f, 11);
        // The oracle takes its time: many points are voxelised in one way.
        VoxelSpec.Duplicates[] all = VoxelSpec.Duplicates.values();
        for (VoxelSpec.Duplicates duplicates : points < 500 ? all : Arrays.copyOf(all, 1)) {
          VoxelSpec spec = new VoxelSpec(0.05f, VoxelSpec.Origin.PER_SAMPLE, duplicates);
          VoxelPyramid pyramid = VoxelPyramid.build(batch, spec, 2);
          for (int[] channels : CHANNELS) {
            layer(duo, pyramid.level(0).submanifold(), channels[0], channels[1], 1);
            layer(duo, pyramid.level(1).down(), channels[0], channels[1], 1);
            layer(duo, pyramid.level(1).down().inverse(), channels[1], channels[0], 1);
          }
          layer(duo, pyramid.level(0).submanifold(), 16, 16, 3);
          layer(duo, pyramid.level(1).down(), 16, 32, 2);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.trispike.kernels.Duo#computes")
  void manyRowsMatchTheOracle(Compute compute) {
    try (Duo duo = new Duo(compute, 2)) {
      VoxelPyramid pyramid =
          VoxelPyramid.build(Clouds.surface(2, 9000, 0.6f, 3), VoxelSpec.standard(), 1);
      layer(duo, pyramid.level(0).submanifold(), 16, 16, 1);
    }
  }

  /** One offset, and weights whose gradient is cut by channels. */
  @ParameterizedTest
  @MethodSource("org.trispike.kernels.Duo#computes")
  void aWideLinearMapMatchesTheOracle(Compute compute) {
    try (Duo duo = new Duo(compute, 3)) {
      layer(duo, Rulebook.identity(9), 420, 330, 2);
    }
  }

  private static void layer(Duo duo, Rulebook rulebook, int in, int out, int steps) {
    Twin x = duo.around(0.3, 1, steps * rulebook.inRows(), in);
    Twin weights = duo.normal(rulebook.offsets(), in, out);
    Twin y = duo.normal(steps * rulebook.outRows(), out);
    duo.fast.sparseConv(x.fast(), weights.fast(), rulebook, y.fast());
    duo.exact.sparseConv(x.exact(), weights.exact(), rulebook, y.exact());
    duo.assertClose(y);
    for (float beta : new float[] {0f, 1f}) {
      Twin dx = duo.normal(x.fast().rows(), in);
      Twin dy = duo.normal(y.fast().rows(), out);
      duo.fast.sparseConvBackwardData(dy.fast(), weights.fast(), rulebook, beta, dx.fast());
      duo.exact.sparseConvBackwardData(dy.exact(), weights.exact(), rulebook, beta, dx.exact());
      duo.assertClose(dx);
      Twin dWeights = duo.normal(rulebook.offsets(), in, out);
      duo.fast.sparseConvBackwardWeights(x.fast(), dy.fast(), rulebook, beta, dWeights.fast());
      duo.exact.sparseConvBackwardWeights(x.exact(), dy.exact(), rulebook, beta, dWeights.exact());
      duo.assertClose(dWeights);
    }
  }

  /** ⟨inverse(y), x⟩ = ⟨y, down(x)⟩ with weights turned around. */
  @Test
  void theInverseOfAHalvingIsItsTranspose() {
    VoxelPyramid pyramid =
        VoxelPyramid.build(Clouds.surface(2, 300, 0.3f, 7), VoxelSpec.standard(), 2);
    Rulebook down = pyramid.level(1).down();
    try (Duo duo = new Duo(Computes.cpu(1), 6)) {
      Twin x = duo.normal(down.inRows(), 5);
      Twin y = duo.normal(down.outRows(), 7);
      Twin weights = duo.normal(8, 5, 7);
      Tensor turned = duo.exact.allocate(8, 7, 5);
      for (int i = 0; i < turned.size(); i++) {
        int place = i / 35 * 35 + i % 5 * 7 + i % 35 / 5;
        duo.exact.set(turned, i, duo.exact.get(weights.exact(), place));
      }
      Tensor halved = duo.exact.allocate(down.outRows(), 7);
      duo.exact.sparseConv(x.exact(), weights.exact(), down, halved);
      Tensor undone = duo.exact.allocate(down.inRows(), 5);
      duo.exact.sparseConv(y.exact(), turned, down.inverse(), undone);
      assertThat(dot(duo, undone, x.exact())).isCloseTo(dot(duo, y.exact(), halved), within(1e-9));
    }
  }

  private static double dot(Duo duo, Tensor a, Tensor b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += duo.exact.get(a, i) * duo.exact.get(b, i);
    }
    return sum;
  }

  @Test
  void pairsThatDoNotRiseHaveNoInverse() {
    Rulebook rulebook = new Rulebook(2, 2, new int[] {0, 2}, new int[] {1, 0}, new int[] {0, 1});
    assertThatThrownBy(rulebook::inverse).hasMessage("Input rows of offset 0 do not rise");
  }

  @Test
  void resultsDoNotDependOnTheNumberOfThreads() {
    float[] one = step(Computes.cpu(1));
    assertThat(step(Computes.cpu(2))).containsExactly(one);
    assertThat(step(Computes.cpu(5))).containsExactly(one);
  }

  /** All gradients of a convolution and its normalisation, of many rows, end to end. */
  private static float[] step(Compute compute) {
    VoxelPyramid pyramid =
        VoxelPyramid.build(Clouds.surface(3, 5000, 0.6f, 5), VoxelSpec.standard(), 2);
    try (compute;
        Duo duo = new Duo(compute, 3)) {
      Rulebook book = pyramid.level(0).submanifold();
      Tensor x = duo.normal(book.inRows(), 16).fast();
      Tensor weights = duo.normal(27, 16, 16).fast();
      Tensor y = duo.normal(book.outRows(), 16).fast();
      Tensor mean = duo.normal(16).fast();
      Tensor variance = duo.normal(16).fast();
      Tensor gamma = duo.normal(16).fast();
      Tensor dGamma = duo.normal(16).fast();
      Tensor dBeta = duo.normal(16).fast();
      Tensor dWeights = duo.normal(27, 16, 16).fast();
      Tensor dx = duo.normal(book.inRows(), 16).fast();
      compute.sparseConv(x, weights, book, y);
      compute.batchStatistics(y, mean, variance);
      compute.batchNormBackward(x, y, mean, variance, 1e-3f, gamma, y, dGamma, dBeta);
      compute.sparseConvBackwardWeights(x, y, book, 0, dWeights);
      compute.sparseConvBackwardData(y, weights, book, 0, dx);
      Tensor[] all = {mean, variance, dGamma, dBeta, dWeights, dx};
      float[] result = new float[16 * 4 + 27 * 256 + dx.size()];
      int at = 0;
      for (Tensor tensor : all) {
        compute.download(tensor, result, at);
        at += tensor.size();
      }
      return result;
    }
  }
}
