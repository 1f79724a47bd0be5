package org.trispike.vq.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.Matrices;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqConfigs;
import org.trispike.vq.VqTensor;
import org.trispike.vq.oracle.Oracle;

class VqMatrixTest {

  static Stream<VqConfig> configs() {
    return Stream.concat(LmCodes.weights().stream(), VqConfigs.all().stream());
  }

  /** 27 columns are no whole number of vectors. */
  @ParameterizedTest
  @MethodSource("configs")
  void productsAndRowsAreTheOracles(VqConfig config) {
    VqTensor tensor = Matrices.drawn(config, 13, 27, 5);
    VqMatrix matrix = new VqMatrix(Lanes.fastest(), tensor);
    float[] x = Matrices.gaussian(6, 1, 27).data();
    double[] wide = new double[27];
    for (int i = 0; i < 27; i++) {
      wide[i] = x[i];
    }
    float[] y = new float[matrix.rows()];
    matrix.apply(x, y);
    double[] expected = Oracle.gemv(tensor, wide);
    double[] dequantized = Oracle.dequantize(tensor);
    float[] row = new float[matrix.columns()];
    for (int i = 0; i < 13; i++) {
      assertThat((double) y[i]).isCloseTo(expected[i], within(2e-5));
      matrix.row(i, row);
      for (int c = 0; c < 27; c++) {
        assertThat((double) row[c]).isCloseTo(dequantized[i * 27 + c], within(1e-6));
      }
    }
  }

  @Test
  void rotatedWeightsAreRefused() {
    VqTensor plain = Matrices.drawn(LmCodes.WEIGHTS_2, 1, 2, 1);
    FloatArray swap = new FloatArray(new int[] {2, 2}, new float[] {0, 1, 1, 0});
    VqTensor rotated = new VqTensor(plain.config(), 1, 2, plain.codebooks(), plain.codes(), swap);
    assertThatThrownBy(() -> new VqMatrix(Lanes.fastest(), rotated))
        .hasMessage("Weights with a rotation are not multiplied");
  }

  @Test
  void bitsOfWeightsAndCacheAreWhatTheirNamesSay() {
    assertThat(LmCodes.weights())
        .extracting(VqConfig::bitsPerElement)
        .containsExactly(8., 4., 4., 3., 2.);
    assertThat(LmCodes.cache())
        .extracting(VqConfig::bitsPerElement)
        .containsExactly(8., 4., 3., 2.);
  }
}
