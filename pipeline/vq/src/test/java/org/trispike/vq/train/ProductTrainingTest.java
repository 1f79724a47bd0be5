package org.trispike.vq.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.Matrices;
import org.trispike.vq.TrainedCodebooks;
import org.trispike.vq.VqConfigs;
import org.trispike.vq.VqTensor;

final class ProductTrainingTest {
  private static final QuantizerOptions OPTIONS = new QuantizerOptions(3, 1, 8, 0, 10);
  private final Compute compute = Computes.cpu(1);

  @AfterEach
  void close() {
    compute.close();
  }

  /** 160 of 200 rows are drawn a sub-space, and all of 90; 10 columns leave half a vector. */
  @ParameterizedTest
  @CsvSource({"200, 16, 64", "200, 10, 77", "90, 8, 90"})
  void stepsGiveWhatTheWholeGives(int rows, int columns, int part) {
    FloatArray matrix = Matrices.gaussian(5, rows, columns);
    VqTensor whole = new Quantizer(compute, OPTIONS).quantize(matrix, VqConfigs.PQ4);
    ProductTraining steps = new ProductTraining(compute, OPTIONS, VqConfigs.PQ4, rows, columns);
    float[] table = new float[steps.codebooks() * 64];
    for (int codebook = steps.codebooks() - 1; codebook >= 0; codebook--) {
      float[] entries = steps.fit(codebook, vectors(steps, matrix, codebook));
      System.arraycopy(entries, 0, table, codebook * 64, 64);
    }
    TrainedCodebooks codebooks =
        new TrainedCodebooks(new FloatArray(new int[] {steps.codebooks(), 1, 16, 4}, table));
    assertThat(table).isEqualTo(((TrainedCodebooks) whole.codebooks()).table().data());
    for (int from = 0; from < rows; from += part) {
      int count = Math.min(part, rows - from);
      float[] some = Arrays.copyOfRange(matrix.data(), from * columns, (from + count) * columns);
      VqTensor codes = steps.encode(new FloatArray(new int[] {count, columns}, some), codebooks);
      for (int row = 0; row < count; row++) {
        for (int group = 0; group < codes.groups(); group++) {
          assertThat(codes.code(0, row, group)).isEqualTo(whole.code(0, from + row, group));
        }
      }
    }
  }

  private static float[] vectors(ProductTraining steps, FloatArray matrix, int codebook) {
    int columns = matrix.shape()[1];
    long[] sample = steps.sample(codebook);
    float[] vectors = new float[sample.length * 4];
    for (int i = 0; i < sample.length; i++) {
      int from = (int) sample[i] * columns;
      float[] row = Arrays.copyOfRange(matrix.data(), from, from + columns);
      System.arraycopy(steps.vector(row, codebook), 0, vectors, 4 * i, 4);
    }
    return vectors;
  }

  @Test
  void otherConfigurationsAreRefused() {
    assertThatThrownBy(() -> new ProductTraining(compute, OPTIONS, VqConfigs.AQLM_3, 9, 8))
        .hasMessage("aqlm-3 is no product quantization");
  }
}
