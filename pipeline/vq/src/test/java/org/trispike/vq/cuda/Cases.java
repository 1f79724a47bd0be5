package org.trispike.vq.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.CodebookKind;
import org.trispike.vq.CodebookScope;
import org.trispike.vq.Matrices;
import org.trispike.vq.TrainedCodebooks;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqConfigs;
import org.trispike.vq.VqTensor;
import org.trispike.vq.plan.Architecture;
import org.trispike.vq.plan.Level;
import org.trispike.vq.plan.Op;
import org.trispike.vq.plan.Plan;
import org.trispike.vq.plan.Planner;
import org.trispike.vq.plan.Problem;
import org.trispike.vq.plan.ResourceReport;

/** Plans to execute, and tensors whose entries half precision holds. */
final class Cases {
  /** Shared memory bounds its occupancy: 58 registers to spare, 341 bytes. */
  private static final ResourceReport WIDE = new ResourceReport(256, 22, 32 << 10);

  /** Registers bound its occupancy: none to spare, 8 KB of shared memory. */
  private static final ResourceReport TALL = new ResourceReport(256, 64, 16 << 10);

  private Cases() {}

  /** The presets, and odd ones: tiles, long and short vectors, few entries, odd widths. */
  static List<VqConfig> configs() {
    List<VqConfig> configs = new ArrayList<>(VqConfigs.all());
    configs.add(VqConfig.trained("single", 1, 4, 1, CodebookScope.tensor()));
    configs.add(VqConfig.trained("pairs", 2, 4, 2, CodebookScope.tensor()));
    configs.add(new VqConfig("points", 8, 16, 1, CodebookScope.tile(9, 16), CodebookKind.E8P));
    configs.add(VqConfig.trained("tiles", 4, 5, 2, CodebookScope.tile(50, 8)));
    configs.add(VqConfig.trained("long", 64, 6, 2, CodebookScope.tile(40, 128)));
    configs.add(VqConfig.trained("few", 4, 2, 3, CodebookScope.channelGroup(8)));
    configs.add(VqConfig.trained("rows", 16, 10, 1, CodebookScope.tile(70, CodebookScope.ALL)));
    configs.add(VqConfig.trained("middle", 32, 7, 1, CodebookScope.channelGroup(64)));
    return configs;
  }

  /** Plans of levels; the compiler's report is made up so that all tiers are met. */
  static List<Plan> plans(Problem problem) {
    boolean preset = VqConfigs.all().contains(problem.config());
    List<Plan> plans = new ArrayList<>();
    for (Level level : preset ? List.of(Level.values()) : List.of(Level.O2, Level.O4)) {
      boolean wide = level == Level.O2 || level == Level.O4;
      plans.add(new Planner(Architecture.SM_89).plan(problem, level, wide ? WIDE : TALL));
    }
    return plans;
  }

  /** Sizes that are no multiples of blocks; heads of 128 channels so that all codes fit them. */
  static Problem problem(Op op, VqConfig config) {
    return switch (op) {
      // Emulated tensor cores are slow: two tiles where there are any, else some steps.
      case GEMM -> Problem.weights(op, config, 133, config.scope().columns() == 256 ? 264 : 104, 9);
      case GEMV -> Problem.weights(op, config, 133, 264, 2);
      case ATTENTION_K, ATTENTION_V -> Problem.cache(op, config, 261, 2, 128, 1);
    };
  }

  /** Small or just above a block. */
  static Problem random(Op op, VqConfig config, KeyedRandom random) {
    int rows = 1 + random.nextInt(random.nextInt(2) == 0 ? 20 : 280);
    if (op.onCache()) {
      return Problem.cache(op, config, rows, 1 + random.nextInt(3), 1 + random.nextInt(70), 1);
    }
    int columns = 1 + random.nextInt(random.nextInt(2) == 0 ? 20 : 280);
    int batch = op == Op.GEMM ? 1 + random.nextInt(140) : 1 + random.nextInt(3);
    return Problem.weights(op, config, rows, columns, batch);
  }

  /** Whether a head's channels are whole vectors and codebooks. */
  static boolean fits(Problem problem) {
    int scope = problem.config().scope().columns();
    int channels = problem.channels();
    return !problem.op().onCache()
        || channels % problem.config().vectorLength() == 0
            && (scope == CodebookScope.ALL || channels % scope == 0 || scope % channels == 0);
  }

  static VqTensor tensor(Problem problem, long key) {
    VqTensor drawn = Matrices.drawn(problem.config(), problem.rows(), problem.columns(), key);
    if (!(drawn.codebooks() instanceof TrainedCodebooks trained)) {
      return drawn;
    }
    return new VqTensor(
        drawn.config(),
        drawn.rows(),
        drawn.columns(),
        new TrainedCodebooks(
            new FloatArray(trained.table().shape(), rounded(trained.table().data()))),
        drawn.codes(),
        null);
  }

  /** Numbers of half precision. */
  static float[] activations(int count, long key) {
    return rounded(Matrices.gaussian(key, 1, count).data());
  }

  /** Positive, of sum 1 a row. */
  static float[] shares(int rows, int tokens, long key) {
    KeyedRandom random = KeyedRandom.of(key);
    float[] shares = new float[rows * tokens];
    for (int row = 0; row < rows; row++) {
      double sum = 0;
      for (int i = 0; i < tokens; i++) {
        shares[row * tokens + i] = (float) Math.exp(2 * random.nextGaussian());
        sum += shares[row * tokens + i];
      }
      for (int i = 0; i < tokens; i++) {
        shares[row * tokens + i] /= (float) sum;
      }
    }
    return shares;
  }

  private static float[] rounded(float[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = Halves.toFloat(Halves.of(values[i]));
    }
    return rounded;
  }

  static byte[] halves(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putShort(Halves.of(value));
    }
    return bytes.array();
  }

  static byte[] singles(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
