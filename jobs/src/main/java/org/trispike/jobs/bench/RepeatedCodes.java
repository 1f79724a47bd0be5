package org.trispike.jobs.bench;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.Codebooks;
import org.trispike.vq.E8pCodebooks;
import org.trispike.vq.PackedCodes;
import org.trispike.vq.TrainedCodebooks;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqTensor;
import org.trispike.vq.plan.Problem;
import org.trispike.vq.train.Quantizer;
import org.trispike.vq.train.QuantizerOptions;

/**
 * Codes to time kernels with: trained on a square of normal numbers, so that some entries are used
 * more than others as in real codes, and repeated to size.
 */
final class RepeatedCodes {
  /** Whole tiles of all presets. */
  private static final int SIDE = 512;

  private static final int ITERATIONS = 4;

  private final Map<VqConfig, VqTensor> trained = new ConcurrentHashMap<>();

  VqTensor of(Problem problem) {
    VqTensor small = trained.computeIfAbsent(problem.config(), RepeatedCodes::train);
    return repeat(small, problem.rows(), problem.columns());
  }

  private static VqTensor train(VqConfig config) {
    KeyedRandom random = KeyedRandom.of(11);
    float[] values = new float[SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    try (Compute compute = Computes.cpu(1)) {
      return new Quantizer(compute, new QuantizerOptions(1, 1, ITERATIONS, 0, 256))
          .quantize(new FloatArray(new int[] {SIDE, SIDE}, values), config);
    }
  }

  /** Rows and vectors of {@code small} over and over, each with the codebook that it had. */
  static VqTensor repeat(VqTensor small, int rows, int columns) {
    VqConfig config = small.config();
    PackedCodes.Builder codes =
        new PackedCodes.Builder(config.indexBits(), VqTensor.codeCount(config, rows, columns));
    int groups = config.groups(columns);
    long at = 0;
    for (int round = 0; round < config.rounds(); round++) {
      for (int row = 0; row < rows; row++) {
        for (int group = 0; group < groups; group++) {
          codes.set(at++, small.code(round, row % small.rows(), group % small.groups()));
        }
      }
    }
    return new VqTensor(
        config, rows, columns, codebooks(small, rows, columns), codes.build(), null);
  }

  private static Codebooks codebooks(VqTensor small, int rows, int columns) {
    VqConfig config = small.config();
    int rounds = config.rounds();
    int across = config.scope().across(columns);
    int count = config.codebooks(rows, columns);
    boolean lattice = small.codebooks() instanceof E8pCodebooks;
    int size = lattice ? 1 : config.entries() * config.vectorLength();
    float[] values = new float[count * rounds * size];
    for (int codebook = 0; codebook < count; codebook++) {
      int from =
          codebook
                  / across
                  % config.scope().down(small.rows())
                  * config.scope().across(small.columns())
              + codebook % across % config.scope().across(small.columns());
      for (int round = 0; round < rounds; round++) {
        int to = (codebook * rounds + round) * size;
        if (small.codebooks() instanceof E8pCodebooks points) {
          values[to] = points.scale(from, round);
        } else if (small.codebooks() instanceof TrainedCodebooks trained) {
          System.arraycopy(trained.table(from, round), 0, values, to, size);
        }
      }
    }
    return lattice
        ? new E8pCodebooks(new FloatArray(new int[] {count, rounds}, values))
        : new TrainedCodebooks(
            new FloatArray(
                new int[] {count, rounds, config.entries(), config.vectorLength()}, values));
  }
}
