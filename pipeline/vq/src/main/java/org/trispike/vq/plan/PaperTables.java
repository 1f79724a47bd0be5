package org.trispike.vq.plan;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqConfigs;

/** The planner's decisions beside those that the paper prints in its Tables III and V. */
public final class PaperTables {
  /** Any kernel will do: these columns do not depend on what it takes. */
  private static final ResourceReport KERNEL = new ResourceReport(256, 64, 16 << 10);

  private PaperTables() {}

  /**
   * What the paper prints for one kernel.
   *
   * @param config whose codes
   * @param switching axes along which codebooks change
   * @param global axes that an explicit reduction adds over
   * @param bytes of codebooks a block reads
   * @param leastOutput bytes of results a block writes, at least
   * @param mostOutput and at most
   */
  public record Published(
      VqConfig config,
      Op op,
      String switching,
      String global,
      int shuffles,
      int bytes,
      int leastOutput,
      int mostOutput) {

    /** Ours for the same kernel, at the last level. */
    public Plan plan() {
      return new Planner(Architecture.SM_89).plan(llama(op, config), Level.O4, KERNEL);
    }

    /** A row of a table: each cell ours, then what the paper prints. */
    public String line() {
      Plan plan = plan();
      Split split = plan.split();
      return String.format(
          Locale.ROOT,
          "| %s | %s | %s = %s | %s = %s | %d / %d | %d / %d | %d | %s | %d of %d | %s |",
          config.name(),
          op.name().toLowerCase(Locale.ROOT).replace('_', ' '),
          words(plan.axes().switching()),
          switching,
          words(plan.axes().globalReductions()),
          global,
          plan.shuffles(),
          shuffles,
          plan.problem().codebookBytesOfBlock() >> 10,
          bytes >> 10,
          plan.problem().outputBytesOfBlock(),
          Double.isInfinite(split.ideal())
              ? "any"
              : String.format(Locale.ROOT, "%.2f", split.ideal()),
          split.factor(),
          split.limit(),
          plan.fusion().name().toLowerCase(Locale.ROOT));
    }
  }

  /** The rows of both tables. */
  public static List<Published> rows() {
    return List.of(
        weights(VqConfigs.QUIP_4, Op.GEMM, "R", "R", 3, 2 << 10),
        weights(VqConfigs.QUIP_4, Op.GEMV, "R", "R", 7, 2 << 10),
        weights(VqConfigs.AQLM_3, Op.GEMM, "R", "R", 3, 128 << 10),
        weights(VqConfigs.AQLM_3, Op.GEMV, "R", "R", 7, 128 << 10),
        weights(VqConfigs.GPTVQ_2, Op.GEMM, "M N", "M", 1, 32 << 10),
        weights(VqConfigs.GPTVQ_2, Op.GEMV, "M N", "M", 3, 32 << 10),
        new Published(VqConfigs.CQ_2, Op.ATTENTION_K, "H C", "C", 3, 64 << 10, 1 << 10, 4 << 10),
        new Published(VqConfigs.CQ_2, Op.ATTENTION_V, "H C", "", 3, 64 << 10, 0, 4 << 10));
  }

  private static Published weights(
      VqConfig config, Op op, String switching, String global, int shuffles, int bytes) {
    boolean gemm = op == Op.GEMM;
    return new Published(
        config,
        op,
        switching,
        global,
        shuffles,
        bytes,
        gemm ? 32 << 10 : 0,
        gemm ? 32 << 10 : 1023);
  }

  /** The columns of {@link Published#line}, and the line below them. */
  public static List<String> header() {
    String columns =
        "| codes | operation | switch axes | added over | shuffles | codebooks, KB"
            + " | output, bytes | s* | split | elements go by way of |";
    return List.of(columns, "|" + "---|".repeat(10));
  }

  /** The sizes of Llama-7B, with which the paper measures. */
  public static Problem llama(Op op, VqConfig config) {
    return switch (op) {
      case GEMM -> Problem.weights(op, config, 4096, 4096, 1024);
      case GEMV -> Problem.weights(op, config, 4096, 4096, 1);
      case ATTENTION_K, ATTENTION_V -> Problem.cache(op, config, 1024, 32, 128, 1);
    };
  }

  /** The paper names heads before channels and rows before columns, as the constants stand. */
  static String words(Set<Axis> axes) {
    return axes.stream().map(Axis::name).collect(Collectors.joining(" "));
  }
}
