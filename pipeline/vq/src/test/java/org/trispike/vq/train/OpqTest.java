package org.trispike.vq.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.Matrices;
import org.trispike.vq.VqConfigs;
import org.trispike.vq.VqTensor;
import org.trispike.vq.oracle.Oracle;

class OpqTest {
  private static final QuantizerOptions QUICK = new QuantizerOptions(1, 1, 6, 0, 256);

  /** Columns that are the sums of few hidden ones: sub-spaces know of each other. */
  private static FloatArray correlated() {
    int rows = 600;
    float[] hidden = Matrices.gaussian(1, rows, 6).data();
    float[] map = Matrices.gaussian(2, 6, 16).data();
    float[] noise = Matrices.gaussian(3, rows, 16).data();
    float[] values = new float[rows * 16];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < 16; c++) {
        values[r * 16 + c] = 0.05f * noise[r * 16 + c];
        for (int h = 0; h < 6; h++) {
          values[r * 16 + c] += hidden[r * 6 + h] * map[h * 16 + c] / (1 + h);
        }
      }
    }
    return new FloatArray(new int[] {rows, 16}, values);
  }

  @Test
  void rotationLowersTheErrorOfCorrelatedColumns() {
    FloatArray matrix = correlated();
    try (Compute compute = Computes.cpu(1)) {
      Quantizer quantizer = new Quantizer(compute, QUICK);
      VqTensor plain = quantizer.quantize(matrix, VqConfigs.PQ4);
      Rotation rotation = Opq.fit(compute, matrix, VqConfigs.PQ4, QUICK, 20);
      VqTensor rotated = quantizer.quantize(matrix, VqConfigs.PQ4, rotation);
      double before = Matrices.error(matrix, Oracle.dequantize(plain));
      double after = Matrices.error(matrix, Oracle.dequantize(rotated));
      assertThat(after).isLessThan(0.8 * before);
    }
  }

  @Test
  void lengthsSurviveARotation() {
    FloatArray matrix = correlated();
    try (Compute compute = Computes.cpu(1)) {
      Rotation rotation = Opq.fit(compute, matrix, VqConfigs.PQ4, QUICK, 2);
      FloatArray turned = rotation.apply(compute, matrix);
      for (int r = 0; r < 600; r++) {
        double before = 0;
        double after = 0;
        for (int c = 0; c < 16; c++) {
          before += Math.pow(matrix.data()[r * 16 + c], 2);
          after += Math.pow(turned.data()[r * 16 + c], 2);
        }
        assertThat(after).isCloseTo(before, org.assertj.core.data.Percentage.withPercentage(0.01));
      }
      assertThat(turned.data()[0]).isNotEqualTo(matrix.data()[0]);
    }
  }

  /** Constant columns leave the rotation undetermined; it stays orthogonal. */
  @Test
  void matrixWithoutRankKeepsAnOrthogonalRotation() {
    FloatArray matrix = new FloatArray(new int[] {50, 8}, new float[400]);
    for (int r = 0; r < 50; r++) {
      matrix.data()[r * 8] = r;
    }
    try (Compute compute = Computes.cpu(1)) {
      Rotation rotation = Opq.fit(compute, matrix, VqConfigs.PQ4, QUICK, 3);
      assertThat(Rotation.isOrthogonal(rotation.matrix())).isTrue();
    }
  }

  @Test
  void matrixThatStretchesIsNoRotation() {
    assertThatThrownBy(
            () -> new Rotation(new FloatArray(new int[] {2, 2}, new float[] {1, 0, 0, 1.1f})))
        .hasMessage("R·Rᵀ is not 1");
  }
}
