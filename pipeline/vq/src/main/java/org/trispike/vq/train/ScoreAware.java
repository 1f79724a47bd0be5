package org.trispike.vq.train;

import org.trispike.kernels.Compute;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.PackedCodes;
import org.trispike.vq.TrainedCodebooks;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqTensor;

/**
 * The anisotropic loss of inner-product search: an error along the row x changes the score of the
 * queries that matter, one across it hardly does.
 *
 * <p>loss = Σ |r|² + (η − 1) (r·x)² / |x|² with r = x − x̂ and η = (d − 1) T² / (1 − T²), where T
 * is the cosine from which scores count. Codes and entries are improved in turn, a sub-space at a
 * time: the code of least loss with all other sub-spaces held, then each entry as the solution of
 * its normal equations, x by x. The loss never rises. O(rows · columns · entries) a pass. Source:
 * Guo et al., Accelerating Large-Scale Inference with Anisotropic Vector Quantization, ICML 2020.
 *
 * <p>For product quantization alone: one round, and a codebook for each vector of a row.
 */
public final class ScoreAware {
  private final VqConfig config;
  private final float[] x;
  private final int rows;
  private final int columns;
  private final int length;
  private final int[][] codes;
  private final float[][] entries;

  /** (η − 1) / |x|² of each row. */
  private final double[] emphasis;

  /** r·x of each row. */
  private final double[] parallel;

  private ScoreAware(VqTensor tensor, FloatArray matrix, double threshold) {
    this.config = tensor.config();
    this.x = matrix.data();
    this.rows = tensor.rows();
    this.columns = tensor.columns();
    this.length = config.vectorLength();
    this.codes = new int[tensor.groups()][rows];
    this.entries = new float[codes.length][];
    this.emphasis = new double[rows];
    this.parallel = new double[rows];
    double eta = (columns - 1) * threshold * threshold / (1 - threshold * threshold);
    for (int group = 0; group < codes.length; group++) {
      entries[group] = ((TrainedCodebooks) tensor.codebooks()).table(group, 0);
      for (int row = 0; row < rows; row++) {
        codes[group][row] = tensor.code(0, row, group);
        parallel[row] += residualAlong(row, group, codes[group][row]);
      }
    }
    for (int row = 0; row < rows; row++) {
      double square = 0;
      for (int c = 0; c < columns; c++) {
        square += (double) x[row * columns + c] * x[row * columns + c];
      }
      emphasis[row] = square > 0 ? (eta - 1) / square : 0;
    }
  }

  /**
   * Better codes and entries for {@code matrix}, of which {@code tensor} is a quantization.
   *
   * @param threshold T, in (0, 1) and large enough for η ≥ 1; 0.2 is what the authors use
   */
  public static VqTensor refine(
      Compute compute, VqTensor tensor, FloatArray matrix, double threshold, int passes) {
    VqConfig config = tensor.config();
    if (config.rounds() != 1
        || config.scope().columns() != config.vectorLength()
        || config.scope().down(tensor.rows()) != 1
        || !(tensor.codebooks() instanceof TrainedCodebooks)
        || tensor.columns() % config.vectorLength() != 0) {
      throw new IllegalArgumentException(
          config.name() + " with " + tensor.columns() + " columns is no product quantization");
    }
    if (!(threshold > 0 && threshold < 1 && tensor.columns() * threshold * threshold >= 1)) {
      throw new IllegalArgumentException(
          "Threshold " + threshold + " is not in 1/√" + tensor.columns() + "..1");
    }
    matrix.checkShape("matrix", tensor.rows(), tensor.columns());
    FloatArray rotated =
        tensor.rotation().map(r -> new Rotation(r).apply(compute, matrix)).orElse(matrix);
    ScoreAware loss = new ScoreAware(tensor, rotated, threshold);
    for (int pass = 0; pass < passes; pass++) {
      for (int group = 0; group < loss.codes.length; group++) {
        loss.improveCodes(group);
        loss.improveEntries(group);
      }
    }
    return loss.result(tensor);
  }

  private void improveCodes(int group) {
    for (int row = 0; row < rows; row++) {
      double others = parallel[row] - residualAlong(row, group, codes[group][row]);
      int best = codes[group][row];
      double least = Double.POSITIVE_INFINITY;
      for (int code = 0; code < config.entries(); code++) {
        double loss = loss(row, group, code, others);
        if (loss < least) {
          least = loss;
          best = code;
        }
      }
      codes[group][row] = best;
      parallel[row] = others + residualAlong(row, group, best);
    }
  }

  private double loss(int row, int group, int code, double others) {
    double square = 0;
    double along = others;
    for (int d = 0; d < length; d++) {
      double value = x[row * columns + group * length + d];
      double residual = value - entries[group][code * length + d];
      square += residual * residual;
      along += residual * value;
    }
    return square + emphasis[row] * along * along;
  }

  /** The part of r·x that one sub-space contributes. */
  private double residualAlong(int row, int group, int code) {
    double along = 0;
    for (int d = 0; d < length; d++) {
      double value = x[row * columns + group * length + d];
      along += (value - entries[group][code * length + d]) * value;
    }
    return along;
  }

  private void improveEntries(int group) {
    NormalEquations[] equations = new NormalEquations[config.entries()];
    double[] others = new double[rows];
    for (int row = 0; row < rows; row++) {
      int code = codes[group][row];
      others[row] = parallel[row] - residualAlong(row, group, code);
      if (equations[code] == null) {
        equations[code] = new NormalEquations(length);
      }
      equations[code].add(x, row * columns + group * length, emphasis[row], others[row]);
    }
    for (int code = 0; code < equations.length; code++) {
      if (equations[code] != null) {
        equations[code].solve(entries[group], code * length);
      }
    }
    for (int row = 0; row < rows; row++) {
      parallel[row] = others[row] + residualAlong(row, group, codes[group][row]);
    }
  }

  private VqTensor result(VqTensor tensor) {
    PackedCodes.Builder packed =
        new PackedCodes.Builder(config.indexBits(), tensor.codes().count());
    float[] table = new float[codes.length * config.entries() * length];
    for (int group = 0; group < codes.length; group++) {
      System.arraycopy(
          entries[group], 0, table, group * entries[group].length, entries[group].length);
      for (int row = 0; row < rows; row++) {
        packed.set(tensor.position(0, row, group), codes[group][row]);
      }
    }
    int[] shape = {codes.length, 1, config.entries(), length};
    return new VqTensor(
        config,
        rows,
        columns,
        new TrainedCodebooks(new FloatArray(shape, table)),
        packed.build(),
        tensor.rotation().orElse(null));
  }
}
