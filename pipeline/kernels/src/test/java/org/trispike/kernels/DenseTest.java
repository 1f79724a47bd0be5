package org.trispike.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trispike.kernels.Duo.Twin;

final class DenseTest {
  private static final int[][] SHAPES = {
    {0, 3, 5},
    {3, 0, 5},
    {1, 1, 1},
    {2, 7, 6},
    {5, 6, 16},
    {9, 16, 16},
    {33, 16, 24},
    {40, 48, 40},
    {17, 24, 72},
    {7, 33, 100},
    {300, 16, 16},
    {64, 64, 64},
    {37, 256, 128},
    {130, 70, 31},
    {20, 130, 160},
    {700, 5, 3},
    {3, 1300, 17},
  };

  @ParameterizedTest
  @MethodSource("org.trispike.kernels.Duo#computes")
  void productsOfAllTranspositionsMatchTheOracle(Compute compute) {
    try (Duo duo = new Duo(compute, 1)) {
      for (int[] shape : SHAPES) {
        for (int op = 0; op < 8; op++) {
          boolean ta = (op & 1) != 0;
          boolean tb = (op & 2) != 0;
          float beta = (op & 4) != 0 ? 0.5f : 0f;
          Twin a = ta ? duo.normal(shape[1], shape[0]) : duo.normal(shape[0], shape[1]);
          Twin b = tb ? duo.normal(shape[2], shape[1]) : duo.normal(shape[1], shape[2]);
          Twin c =
              beta == 0
                  ? duo.around(Double.NaN, 0, shape[0], shape[2])
                  : duo.normal(shape[0], shape[2]);
          duo.fast.gemm(ta, tb, a.fast(), b.fast(), beta, c.fast());
          duo.exact.gemm(ta, tb, a.exact(), b.exact(), beta, c.exact());
          duo.assertClose(c);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.trispike.kernels.Duo#computes")
  void productsOfViewsTouchNothingBeside(Compute compute) {
    try (Duo duo = new Duo(compute, 2)) {
      Twin a = duo.normal(50, 30);
      Twin b = duo.normal(40, 50);
      Twin c = duo.normal(60, 20);
      duo.fast.gemm(
          false, false, a.fast().rows(7, 33), b.fast().view(13, 30, 20), 1f, c.fast().rows(5, 33));
      duo.exact.gemm(
          false,
          false,
          a.exact().rows(7, 33),
          b.exact().view(13, 30, 20),
          1f,
          c.exact().rows(5, 33));
      duo.assertClose(c);
    }
  }

  @ParameterizedTest
  @MethodSource("org.trispike.kernels.Duo#computes")
  void elementwiseOperationsMatchTheOracle(Compute compute) {
    try (Duo duo = new Duo(compute, 3)) {
      for (int[] shape : new int[][] {{0, 4}, {1, 1}, {3, 5}, {40, 16}, {1030, 7}, {2000, 33}}) {
        Twin x = duo.normal(shape);
        Twin y = duo.normal(shape);
        Twin z = duo.normal(shape);
        Twin bias = duo.normal(shape[1]);
        duo.fast.axpy(0.3f, x.fast(), y.fast());
        duo.exact.axpy(0.3f, x.exact(), y.exact());
        duo.assertClose(y);
        duo.fast.add(x.fast(), y.fast(), z.fast());
        duo.exact.add(x.exact(), y.exact(), z.exact());
        duo.assertClose(z);
        duo.fast.addBias(z.fast(), bias.fast());
        duo.exact.addBias(z.exact(), bias.exact());
        duo.assertClose(z);
        duo.fast.sumRows(z.fast(), 0.7f, bias.fast());
        duo.exact.sumRows(z.exact(), 0.7f, bias.exact());
        duo.assertClose(bias);
        duo.fast.relu(x.fast(), y.fast());
        duo.exact.relu(x.exact(), y.exact());
        duo.assertClose(y);
        for (float beta : new float[] {0f, 1f, 0.5f}) {
          duo.fast.reluBackward(x.fast(), z.fast(), beta, y.fast());
          duo.exact.reluBackward(x.exact(), z.exact(), beta, y.exact());
          duo.assertClose(y);
        }
        Twin total = duo.of(new float[] {(float) duo.fast.sum(z.fast())}, 1);
        duo.exact.set(total.exact(), 0, duo.exact.sum(z.exact()));
        duo.assertClose(total);
      }
    }
  }

  /** However many rows go through a kernel at once: a cloud's result is that of its batch. */
  @ParameterizedTest
  @MethodSource("org.trispike.kernels.Duo#computes")
  void aRowOfAProductDoesNotDependOnItsNeighbours(Compute compute) {
    try (Duo duo = new Duo(compute, 8)) {
      for (int[] width : new int[][] {{16, 16}, {64, 32}, {7, 24}, {48, 96}, {33, 40}, {64, 80}}) {
        Tensor x = duo.normal(61, width[0]).fast();
        Tensor w = duo.normal(width[0], width[1]).fast();
        Tensor y = duo.normal(61, width[1]).fast();
        float[] before = values(compute, y);
        compute.gemm(false, false, x, w, 1, y);
        float[] together = values(compute, y);
        for (int r = 0; r < 61; r++) {
          Tensor row = new Tensor(x.storage(), x.offset() + r * width[0], 1, width[0]);
          Tensor alone = compute.allocate(1, width[1]);
          compute.upload(before, r * width[1], alone);
          compute.gemm(false, false, row, w, 1, alone);
          int at = r * width[1];
          assertThat(values(compute, alone))
              .isEqualTo(Arrays.copyOfRange(together, at, at + width[1]));
        }
      }
    }
  }

  private static float[] values(Compute compute, Tensor tensor) {
    float[] values = new float[tensor.size()];
    compute.download(tensor, values, 0);
    return values;
  }

  @ParameterizedTest
  @MethodSource("org.trispike.kernels.Duo#computes")
  void segmentMeansAndSumsMatchTheOracle(Compute compute) {
    int[][] offsets = {{0}, {0, 0}, {0, 3}, {0, 5, 5, 9}, {0, 1, 700, 1500}};
    try (Duo duo = new Duo(compute, 4)) {
      for (int[] segments : offsets) {
        for (int steps : new int[] {1, 3}) {
          for (int channels : new int[] {1, 6, 16, 40}) {
            int rows = steps * segments[segments.length - 1];
            Twin x = duo.around(1, 1, rows, channels);
            Twin y = duo.normal(segments.length - 1, channels);
            duo.fast.segmentMean(steps, x.fast(), segments, y.fast());
            duo.exact.segmentMean(steps, x.exact(), segments, y.exact());
            duo.assertClose(y);
            duo.fast.segmentMeanBackward(steps, y.fast(), segments, x.fast());
            duo.exact.segmentMeanBackward(steps, y.exact(), segments, x.exact());
            duo.assertClose(x);
            Twin each = duo.normal(steps * (segments.length - 1), channels);
            duo.fast.addToSegments(steps, each.fast(), segments, x.fast());
            duo.exact.addToSegments(steps, each.exact(), segments, x.exact());
            duo.assertClose(x);
            duo.fast.segmentSum(steps, x.fast(), segments, each.fast());
            duo.exact.segmentSum(steps, x.exact(), segments, each.exact());
            duo.assertClose(each);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.trispike.kernels.Duo#computes")
  void segmentMaximaAndTheirWinnersMatchTheOracle(Compute compute) {
    int[][] offsets = {{0}, {0, 0}, {0, 3}, {0, 5, 5, 9}, {0, 1, 700, 1500}};
    try (Duo duo = new Duo(compute, 5)) {
      for (int[] segments : offsets) {
        for (int steps : new int[] {1, 3}) {
          for (int channels : new int[] {1, 6, 16, 40}) {
            int rows = steps * segments[segments.length - 1];
            Twin x = ties(duo, rows, channels);
            Twin y = duo.normal(steps * (segments.length - 1), channels);
            int[] fast = new int[y.fast().size()];
            int[] exact = new int[fast.length];
            duo.fast.segmentMax(steps, x.fast(), segments, y.fast(), fast);
            duo.exact.segmentMax(steps, x.exact(), segments, y.exact(), exact);
            duo.assertClose(y);
            assertThat(fast).isEqualTo(exact);
            duo.fast.segmentMax(steps, x.fast(), segments, y.fast(), null);
            duo.assertClose(y);
            duo.fast.maxBackward(y.fast(), fast, x.fast());
            duo.exact.maxBackward(y.exact(), exact, x.exact());
            duo.assertClose(x);
          }
        }
      }
    }
  }

  /** Small integers, below 0 as well, so that many rows are equally large. */
  private static Twin ties(Duo duo, int rows, int channels) {
    float[] values = new float[rows * channels];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.round(duo.random().uniform(-4, 1));
    }
    return duo.of(values, rows, channels);
  }
}
