package org.trispike.vq.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.CodebookScope;
import org.trispike.vq.Matrices;
import org.trispike.vq.PackedCodes;
import org.trispike.vq.TrainedCodebooks;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqConfigs;
import org.trispike.vq.VqTensor;

class OracleTest {
  /**
   * Made with NumPy: 5 x 6 from VQ&lt;2, 12, 2&gt; in tiles of 3 x 4, so two by two codebooks, with
   * codes (7 i² + 11 i + 3) mod 4096 and entries sin(0.37 j). The bytes were unpacked by {@code
   * np.unpackbits(bitorder="little")}.
   */
  private static VqTensor fixture() {
    VqConfig config = VqConfig.trained("fixture", 2, 12, 2, CodebookScope.tile(3, 4));
    PackedCodes.Builder codes = new PackedCodes.Builder(12, 30);
    for (int i = 0; i < 30; i++) {
      codes.set(i, (7 * i * i + 11 * i + 3) % 4096);
    }
    float[] entries = new float[4 * 2 * 4096 * 2];
    for (int j = 0; j < entries.length; j++) {
      entries[j] = (float) Math.sin(0.37 * j);
    }
    return new VqTensor(
        config,
        5,
        6,
        new TrainedCodebooks(new FloatArray(new int[] {4, 2, 4096, 2}, entries)),
        codes.build(),
        null);
  }

  @Test
  void numbersAreNumPys() {
    VqTensor tensor = fixture();
    assertClose(Oracle.dequantize(tensor), NumPyFixture.MATRIX);
    double[] x = {1, -2, 0.5, 3, -1, 0.25, 0, 1, 2, -0.5, 4, 1};
    assertClose(Oracle.gemm(tensor, x, 2), NumPyFixture.PRODUCT);
    assertClose(Oracle.gemv(tensor, Arrays.copyOf(x, 6)), Arrays.copyOf(NumPyFixture.PRODUCT, 5));
    double[] scores = Oracle.scores(tensor, Arrays.copyOf(x, 6), 2);
    assertClose(scores, NumPyFixture.SCORES);
    double[] shares = Oracle.softmax(scores, 2);
    assertClose(shares, NumPyFixture.SHARES);
    assertClose(Oracle.mix(tensor, shares, 2), NumPyFixture.MIXED);
  }

  private static void assertClose(double[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], org.assertj.core.data.Offset.offset(1e-6));
    }
  }

  /** A quarter turn of two columns: x·R has the columns (−b, a), so (a, b) comes back. */
  @Test
  void rotationIsUndone() {
    VqConfig config = VqConfig.trained("turned", 2, 1, 1, CodebookScope.tensor());
    VqTensor tensor =
        new VqTensor(
            config,
            1,
            2,
            new TrainedCodebooks(new FloatArray(new int[] {1, 1, 2, 2}, new float[] {-7, 3, 0, 0})),
            PackedCodes.of(1, 1, new byte[1]),
            new FloatArray(new int[] {2, 2}, new float[] {0, 1, -1, 0}));
    assertThat(Oracle.dequantize(tensor)).containsExactly(3, 7);
  }

  @Test
  void softmaxOfLargeScoresIsFinite() {
    double[] shares = Oracle.softmax(new double[] {1e4, 1e4, 0, -1e4, 1000, 1001}, 2);
    assertThat(shares).startsWith(0.5, 0.5, 0);
    assertThat(shares[5] / shares[4]).isCloseTo(Math.E, org.assertj.core.data.Offset.offset(1e-9));
  }

  @Test
  void sizesThatDoNotFitAreRefused() {
    VqTensor tensor = Matrices.drawn(VqConfigs.PQ4, 3, 8, 1);
    assertThatThrownBy(() -> Oracle.gemm(tensor, new double[9], 1))
        .hasMessage("9 numbers, not 1 x 8");
    assertThatThrownBy(() -> Oracle.scores(tensor, new double[8], 3))
        .hasMessage("8 columns are not those of 3 heads");
    assertThatThrownBy(() -> Oracle.mix(tensor, new double[5], 2))
        .hasMessage("5 numbers, not 2 x 3");
  }
}
