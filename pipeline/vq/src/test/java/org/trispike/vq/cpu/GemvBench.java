package org.trispike.vq.cpu;

import java.util.List;
import java.util.Locale;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.CodebookKind;
import org.trispike.vq.Codebooks;
import org.trispike.vq.E8pCodebooks;
import org.trispike.vq.Matrices;
import org.trispike.vq.PackedCodes;
import org.trispike.vq.TrainedCodebooks;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqConfigs;
import org.trispike.vq.VqTensor;
import org.trispike.vq.oracle.Oracle;
import org.trispike.vq.train.Quantizer;
import org.trispike.vq.train.QuantizerOptions;

/**
 * Times of one product of weights [rows, columns] with a vector on one core, by each candidate:
 * medians of runs that take turns, as calibration has them. Codes are trained on 1,024 x 1,024
 * normal numbers and repeated to size.
 *
 * <p>{@code java --add-modules jdk.incubator.vector … org.trispike.vq.cpu.GemvBench [rows columns]}
 */
final class GemvBench {
  private static final int SIDE = 1024;
  private static final List<VqConfig> CONFIGS =
      List.of(
          VqConfigs.QUIP_4,
          Codes.SCALAR_4,
          Codes.PAIRS_4,
          VqConfigs.AQLM_3,
          VqConfigs.AQLM_2X8,
          VqConfigs.GPTVQ_2,
          Codes.PAIRS_2);

  private GemvBench() {}

  public static void main(String[] args) {
    int rows = args.length > 0 ? Integer.parseInt(args[0]) : 4096;
    int columns = args.length > 1 ? Integer.parseInt(args[1]) : 4096;
    System.out.printf("%d x %d, %s%n", rows, columns, Lanes.fastest().description());
    FloatArray weights = Matrices.gaussian(1, SIDE, SIDE);
    for (VqConfig config : CONFIGS) {
      VqTensor trained = quantize(weights, config);
      double power = Matrices.error(weights, new double[SIDE * SIDE]);
      double missed = Matrices.error(weights, Oracle.dequantize(trained));
      MatrixVectors vectors = new MatrixVectors();
      vectors.of(repeated(trained, rows, columns));
      print(vectors.choices().get(0), Math.sqrt(missed / power));
    }
  }

  private static VqTensor quantize(FloatArray weights, VqConfig config) {
    try (Compute compute = Computes.cpu(1)) {
      return new Quantizer(compute, new QuantizerOptions(1, 1, 8, 1, 16)).quantize(weights, config);
    }
  }

  private static VqTensor repeated(VqTensor small, int rows, int columns) {
    VqConfig config = small.config();
    long count = VqTensor.codeCount(config, rows, columns);
    PackedCodes.Builder codes = new PackedCodes.Builder(config.indexBits(), count);
    int groups = config.groups(columns);
    long at = 0;
    for (int round = 0; round < config.rounds(); round++) {
      for (int row = 0; row < rows; row++) {
        for (int group = 0; group < groups; group++) {
          codes.set(at++, small.code(round, row % SIDE, group % small.groups()));
        }
      }
    }
    return new VqTensor(
        config, rows, columns, repeatedBooks(small, rows, columns), codes.build(), null);
  }

  private static Codebooks repeatedBooks(VqTensor small, int rows, int columns) {
    VqConfig config = small.config();
    if (config.kind() == CodebookKind.E8P) {
      return new E8pCodebooks(((E8pCodebooks) small.codebooks()).scales());
    }
    TrainedCodebooks books = (TrainedCodebooks) small.codebooks();
    int size = config.rounds() * config.entries() * config.vectorLength();
    float[] from = books.table().data();
    int across = config.scope().across(columns);
    int count = config.codebooks(rows, columns);
    int acrossSmall = config.scope().across(SIDE);
    int downSmall = config.scope().down(SIDE);
    float[] table = new float[count * size];
    for (int book = 0; book < count; book++) {
      int source = book / across % downSmall * acrossSmall + book % across % acrossSmall;
      System.arraycopy(from, source * size, table, book * size, size);
    }
    return new TrainedCodebooks(
        new FloatArray(
            new int[] {count, config.rounds(), config.entries(), config.vectorLength()}, table));
  }

  private static void print(Choice choice, double error) {
    double dense = choice.timings().get(0).nanos();
    System.out.printf(
        Locale.ROOT,
        "%n%s %s, %.0f bits, error of the codes %.3f; chosen: %s%n",
        choice.config().name(),
        choice.config().signature(),
        choice.config().bitsPerElement(),
        error,
        choice.chosen());
    for (Choice.Timing timing : choice.timings()) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %.2f ms | %.1f GMAC/s | %.2f | %.1e |%n",
          timing.candidate(),
          1e-6 * timing.nanos(),
          (double) choice.rows() * choice.columns() / timing.nanos(),
          dense / timing.nanos(),
          timing.error());
    }
  }
}
