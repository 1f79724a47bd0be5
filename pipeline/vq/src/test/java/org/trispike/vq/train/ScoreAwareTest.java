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

class ScoreAwareTest {
  private static final double THRESHOLD = 0.5;

  /** The loss as the paper has it: both parts of the residual, with h∥ = η and h⊥ = 1. */
  private static double loss(FloatArray matrix, VqTensor tensor) {
    double[] decoded = Oracle.dequantize(tensor);
    int columns = tensor.columns();
    double eta = (columns - 1) * THRESHOLD * THRESHOLD / (1 - THRESHOLD * THRESHOLD);
    double loss = 0;
    for (int r = 0; r < tensor.rows(); r++) {
      double square = 0;
      double along = 0;
      double residual = 0;
      for (int c = 0; c < columns; c++) {
        double x = matrix.data()[r * columns + c];
        double error = x - decoded[r * columns + c];
        square += x * x;
        along += error * x;
        residual += error * error;
      }
      double parallel = along * along / square;
      loss += eta * parallel + (residual - parallel);
    }
    return loss;
  }

  @Test
  void lossFallsWithEachPass() {
    FloatArray matrix = Matrices.gaussian(4, 500, 32);
    try (Compute compute = Computes.cpu(1)) {
      QuantizerOptions options = new QuantizerOptions(1, 1, 10, 0, 256);
      VqTensor tensor = new Quantizer(compute, options).quantize(matrix, VqConfigs.PQ4);
      double first = loss(matrix, tensor);
      double before = first;
      for (int pass = 0; pass < 4; pass++) {
        tensor = ScoreAware.refine(compute, tensor, matrix, THRESHOLD, 1);
        double after = loss(matrix, tensor);
        assertThat(after).isLessThan(before);
        before = after;
      }
      assertThat(before).isLessThan(0.8 * first);
    }
  }

  @Test
  void rotatedCodesAreRefinedInTheirOwnBasis() {
    FloatArray matrix = Matrices.gaussian(4, 200, 8);
    try (Compute compute = Computes.cpu(1)) {
      QuantizerOptions options = new QuantizerOptions(1, 1, 5, 0, 256);
      Rotation rotation = Opq.fit(compute, matrix, VqConfigs.PQ4, options, 2);
      VqTensor tensor = new Quantizer(compute, options).quantize(matrix, VqConfigs.PQ4, rotation);
      VqTensor refined = ScoreAware.refine(compute, tensor, matrix, THRESHOLD, 2);
      assertThat(loss(matrix, refined)).isLessThan(loss(matrix, tensor));
    }
  }

  @Test
  void otherQuantizersAreRefused() {
    VqTensor tensor = Matrices.drawn(VqConfigs.AQLM_2X8, 4, 16, 1);
    FloatArray matrix = Matrices.gaussian(1, 4, 16);
    assertThatThrownBy(() -> ScoreAware.refine(null, tensor, matrix, 0.5, 1))
        .hasMessage("aqlm-2x8 with 16 columns is no product quantization");
    VqTensor bank = Matrices.drawn(VqConfigs.PQ4, 4, 16, 1);
    assertThatThrownBy(() -> ScoreAware.refine(null, bank, matrix, 0.2, 1))
        .hasMessage("Threshold 0.2 is not in 1/√16..1");
  }
}
