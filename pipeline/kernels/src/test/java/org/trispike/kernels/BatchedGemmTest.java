package org.trispike.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trispike.kernels.Duo.Twin;

final class BatchedGemmTest {
  /** Matrices, rows of c, inner dimension, columns of c. */
  private static final int[][] SHAPES = {
    {0, 3, 4, 5},
    {2, 0, 4, 5},
    {2, 3, 0, 5},
    {2, 3, 4, 0},
    {1, 1, 1, 1},
    {3, 2, 7, 6},
    {2, 5, 6, 16},
    {6, 33, 16, 24},
    {2, 17, 24, 72},
    {6, 65, 64, 64},
    {3, 64, 65, 64},
    {2, 129, 64, 129},
    {2, 7, 33, 100},
    {3, 40, 129, 10},
  };

  @ParameterizedTest
  @MethodSource("org.trispike.kernels.Duo#computes")
  void productsOfColumnBlocksMatchTheOracleAndTouchNothingBeside(Compute compute) {
    try (Duo duo = new Duo(compute, 6)) {
      for (int[] shape : SHAPES) {
        for (int op = 0; op < 12; op++) {
          boolean ta = (op & 1) != 0;
          boolean tb = (op & 2) != 0;
          float beta = op / 4 * 0.5f;
          float alpha = op % 3 == 0 ? 1f : 0.125f;
          int count = shape[0];
          int[] a = {ta ? shape[2] : shape[1], ta ? shape[1] : shape[2]};
          int[] b = {tb ? shape[3] : shape[2], tb ? shape[2] : shape[3]};
          Twin wideA = duo.normal(a[0], count * a[1] + 3);
          Twin wideB = duo.normal(b[0], count * b[1] + 5);
          Twin wideC = duo.normal(shape[1], count * shape[3] + 4);
          duo.fast.batchedGemm(
              ta,
              tb,
              alpha,
              Matrices.columns(wideA.fast(), 2, count, a[1]),
              Matrices.columns(wideB.fast(), 5, count, b[1]),
              beta,
              Matrices.columns(wideC.fast(), 1, count, shape[3]));
          duo.exact.batchedGemm(
              ta,
              tb,
              alpha,
              Matrices.columns(wideA.exact(), 2, count, a[1]),
              Matrices.columns(wideB.exact(), 5, count, b[1]),
              beta,
              Matrices.columns(wideC.exact(), 1, count, shape[3]));
          duo.assertClose(wideC);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.trispike.kernels.Duo#computes")
  void productsOfStackedMatricesMatchTheOracle(Compute compute) {
    try (Duo duo = new Duo(compute, 7)) {
      for (int[] shape : SHAPES) {
        for (int op = 0; op < 4; op++) {
          boolean ta = (op & 1) != 0;
          boolean tb = (op & 2) != 0;
          int count = shape[0];
          Twin a =
              ta ? duo.normal(count, shape[2], shape[1]) : duo.normal(count, shape[1], shape[2]);
          Twin b =
              tb ? duo.normal(count, shape[3], shape[2]) : duo.normal(count, shape[2], shape[3]);
          // With beta 0 the old contents are not read.
          Twin c = duo.around(Double.NaN, 0, count, shape[1], shape[3]);
          duo.fast.batchedGemm(
              ta,
              tb,
              1f,
              Matrices.stacked(a.fast()),
              Matrices.stacked(b.fast()),
              0f,
              Matrices.stacked(c.fast()));
          duo.exact.batchedGemm(
              ta,
              tb,
              1f,
              Matrices.stacked(a.exact()),
              Matrices.stacked(b.exact()),
              0f,
              Matrices.stacked(c.exact()));
          duo.assertClose(c);
        }
      }
    }
  }

  /** What {@link Compute#gemm} says of the same matrices one by one, from an oracle of its own. */
  @Test
  void theOracleIsThatOfSingleProducts() {
    ReferenceCompute compute = new ReferenceCompute();
    KeyedRandom random = KeyedRandom.of(8);
    Tensor a = compute.allocate(4, 2 * 3);
    Tensor b = compute.allocate(4, 2 * 5);
    for (Tensor tensor : new Tensor[] {a, b}) {
      for (int i = 0; i < tensor.size(); i++) {
        compute.set(tensor, i, random.nextGaussian());
      }
    }
    Tensor c = compute.allocate(2, 3, 5);
    compute.batchedGemm(
        true,
        false,
        2f,
        Matrices.columns(a, 0, 2, 3),
        Matrices.columns(b, 0, 2, 5),
        0f,
        Matrices.stacked(c));
    for (int m = 0; m < 2; m++) {
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 5; j++) {
          double sum = 0;
          for (int k = 0; k < 4; k++) {
            sum += 2 * compute.get(a, k * 6 + m * 3 + i) * compute.get(b, k * 10 + m * 5 + j);
          }
          assertThat(compute.get(c, (m * 3 + i) * 5 + j)).isEqualTo(sum);
        }
      }
    }
  }

  @Test
  void matricesBeyondTheirTensorAreRefused() {
    Tensor tensor = new ReferenceCompute().allocate(4, 6);
    assertThat(Matrices.columns(tensor, 0, 2, 3).at(1)).isEqualTo(3);
    assertThatThrownBy(() -> Matrices.columns(tensor, 1, 2, 3))
        .hasMessage("2 matrices [4, 3] end beyond Tensor[4, 6]");
    assertThatThrownBy(() -> new Matrices(tensor, 0, 1, 0, 2, 3, 2))
        .hasMessage("1 matrices [2, 3] with rows 2 apart");
  }
}
