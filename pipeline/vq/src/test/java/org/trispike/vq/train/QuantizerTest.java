package org.trispike.vq.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.CodebookScope;
import org.trispike.vq.E8pCodebooks;
import org.trispike.vq.Matrices;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqConfigs;
import org.trispike.vq.VqTensor;
import org.trispike.vq.oracle.Oracle;

class QuantizerTest {
  private static final QuantizerOptions QUICK = new QuantizerOptions(1, 1, 8, 2, 64);

  private final Compute compute = Computes.cpu(1);
  private final Quantizer quantizer = new Quantizer(compute, QUICK);

  @AfterEach
  void close() {
    compute.close();
  }

  /** Drawn sizes and configurations; each code must be that of the nearest entry. */
  @Test
  void anyShapeIsQuantizedToItsNearestEntries() {
    KeyedRandom random = KeyedRandom.of(11);
    for (int trial = 0; trial < 30; trial++) {
      int length = 1 << random.nextInt(4);
      CodebookScope scope =
          switch (random.nextInt(3)) {
            case 0 -> CodebookScope.tensor();
            case 1 -> CodebookScope.tile(1 + random.nextInt(9), length * (1 + random.nextInt(3)));
            default -> CodebookScope.channelGroup(length * (1 + random.nextInt(2)));
          };
      VqConfig config = VqConfig.trained("drawn", length, 1 + random.nextInt(5), 1, scope);
      FloatArray matrix = Matrices.gaussian(trial, 1 + random.nextInt(40), 1 + random.nextInt(40));
      VqTensor tensor = quantizer.quantize(matrix, config);
      for (int row = 0; row < tensor.rows(); row++) {
        for (int group = 0; group < tensor.groups(); group++) {
          assertNearest(matrix, tensor, row, group);
        }
      }
    }
  }

  private static void assertNearest(FloatArray matrix, VqTensor tensor, int row, int group) {
    double least = Double.POSITIVE_INFINITY;
    for (int code = 0; code < tensor.config().entries(); code++) {
      least = Math.min(least, distance(matrix, tensor, row, group, code));
    }
    assertThat(distance(matrix, tensor, row, group, tensor.code(0, row, group)))
        .isCloseTo(least, Offset.offset(1e-4));
  }

  private static double distance(FloatArray matrix, VqTensor tensor, int row, int group, int code) {
    int length = tensor.config().vectorLength();
    float[] entry = new float[length];
    tensor.codebooks().entry(tensor.codebook(row, group), 0, code, entry, 0);
    double distance = 0;
    for (int d = 0; d < Math.min(length, tensor.columns() - group * length); d++) {
      double difference =
          matrix.data()[row * tensor.columns() + group * length + d] - (double) entry[d];
      distance += difference * difference;
    }
    return distance;
  }

  /** Where a scope has no more vectors than entries, nothing is lost. */
  @ParameterizedTest
  @CsvSource({"16, 8", "19, 13", "7, 100", "1, 1"})
  void smallScopesAreExact(int rows, int columns) {
    VqConfig config = VqConfig.trained("exact", 4, 6, 1, CodebookScope.tile(8, 32));
    FloatArray matrix = Matrices.gaussian(5, rows, columns);
    assertThat(Matrices.error(matrix, Oracle.dequantize(quantizer.quantize(matrix, config))))
        .isZero();
  }

  @Test
  void roundsAndRefinementsLowerTheError() {
    FloatArray matrix = Matrices.gaussian(6, 64, 128);
    double before = 1;
    for (int rounds = 1; rounds <= 4; rounds++) {
      VqConfig config = VqConfig.trained("rounds", 8, 6, rounds, CodebookScope.tensor());
      double refined = error(matrix, config, 3);
      assertThat(refined).isLessThan(before);
      if (rounds > 1) {
        assertThat(refined).isLessThan(error(matrix, config, 0));
      }
      before = refined;
    }
  }

  private double error(FloatArray matrix, VqConfig config, int refinements) {
    QuantizerOptions options = new QuantizerOptions(1, 1, 8, refinements, 64);
    VqTensor tensor = new Quantizer(compute, options).quantize(matrix, config);
    return Matrices.error(matrix, Oracle.dequantize(tensor));
  }

  /**
   * On normal data no quantizer of 2 bits beats 2^−4, the distortion-rate function, and the best
   * scalar one (Lloyd and Max) leaves 0.1175. Two rounds, 4 bits: 2^−8 and 0.009497.
   */
  @Test
  void latticeLiesBetweenTheScalarQuantizerAndTheBound() {
    FloatArray matrix = Matrices.gaussian(8, 64, 128);
    VqConfig two = new VqConfig("e8p", 8, 16, 1, CodebookScope.tensor(), VqConfigs.QUIP_4.kind());
    VqTensor tensor = quantizer.quantize(matrix, two);
    double unit = Matrices.error(matrix, new double[matrix.data().length]);
    assertThat(Matrices.error(matrix, Oracle.dequantize(tensor)) / unit).isBetween(0.0625, 0.1175);
    VqTensor four = quantizer.quantize(matrix, VqConfigs.QUIP_4);
    assertThat(Matrices.error(matrix, Oracle.dequantize(four)) / unit)
        .isBetween(Math.pow(2, -8), 0.009497);
    assertThat(((E8pCodebooks) four.codebooks()).scale(0, 1))
        .isLessThan(((E8pCodebooks) four.codebooks()).scale(0, 0) / 2);
  }

  /** Columns that count a hundred times more keep more, the others less. */
  @Test
  void importanceMovesTheErrorToWhereItDoesNotCount() {
    FloatArray matrix = Matrices.gaussian(9, 400, 8);
    float[] weights = {100, 100, 100, 100, 1, 1, 1, 1};
    VqConfig config = VqConfig.trained("weighted", 8, 6, 1, CodebookScope.tensor());
    double[] plain = Oracle.dequantize(quantizer.quantize(matrix, config));
    double[] weighted =
        Oracle.dequantize(quantizer.quantize(matrix, config, Importance.columns(weights)));
    assertThat(columns(matrix, weighted, 0)).isLessThan(0.7 * columns(matrix, plain, 0));
    assertThat(columns(matrix, weighted, 4)).isGreaterThan(columns(matrix, plain, 4));
  }

  private static double columns(FloatArray matrix, double[] decoded, int from) {
    double error = 0;
    for (int i = 0; i < decoded.length; i++) {
      if (i % 8 / 4 == from / 4) {
        error += Math.pow(matrix.data()[i] - decoded[i], 2);
      }
    }
    return error;
  }

  @Test
  void sameSeedGivesTheSameCodesWhateverTheThreads() {
    FloatArray matrix = Matrices.gaussian(3, 300, 32);
    byte[] codes = quantizer.quantize(matrix, VqConfigs.AQLM_2X8).codes().bytes();
    try (Compute two = Computes.cpu(2)) {
      assertThat(new Quantizer(two, QUICK).quantize(matrix, VqConfigs.AQLM_2X8).codes().bytes())
          .isEqualTo(codes);
    }
  }

  @Test
  void whatCannotBeQuantizedIsRefused() {
    FloatArray bad = new FloatArray(new int[] {1, 2}, new float[] {1, Float.NaN});
    assertThatThrownBy(() -> quantizer.quantize(bad, VqConfigs.PQ4))
        .hasMessage("A value of NaN cannot be quantized");
    assertThatThrownBy(() -> quantizer.quantize(FloatArray.vector(1f), VqConfigs.PQ4))
        .hasMessage("Only a matrix that is not empty can be quantized");
    FloatArray eight = Matrices.gaussian(1, 2, 8);
    assertThatThrownBy(
            () -> quantizer.quantize(eight, VqConfigs.QUIP_4, Importance.columns(new float[8])))
        .hasMessage("The points of E8P do not depend on importance");
    assertThatThrownBy(() -> Importance.columns(new float[] {-1}))
        .hasMessage("An importance of -1.0");
  }
}
