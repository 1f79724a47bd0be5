package org.trispike.vq.plan;

import java.util.Optional;

/**
 * Plans a fused kernel from the shape of its operand's codes, the compiler's report of the kernel
 * without a codebook, and the limits of the hardware. Needs no device.
 */
public final class Planner {
  /** Bytes of a register. */
  private static final int REGISTER_BYTES = 4;

  private final Architecture gpu;

  public Planner(Architecture gpu) {
    this.gpu = gpu;
  }

  /** The plan of one level; {@code kernel} is what the computation itself takes. */
  public Plan plan(Problem problem, Level level, ResourceReport kernel) {
    AxisModel axes = AxisModel.of(problem);
    Slack slack = Slack.of(kernel, gpu);
    Split split = level.compareTo(Level.O3) >= 0 ? Split.of(problem, axes) : new Split(1, 1, 1);
    int shuffles = Fusion.shuffles(problem.op(), problem.config().vectorLength());
    Fusion fusion = level == Level.O4 ? Fusion.of(shuffles) : Fusion.SHARED;
    Optional<ThreadMapping> mapping =
        fusion == Fusion.REGISTER && shuffles > 0
            ? Optional.of(
                ThreadMapping.of(WarpLayout.of(problem.op(), problem.config().vectorLength())))
            : Optional.empty();
    return new Plan(
        problem,
        level,
        axes,
        slack,
        boundaries(problem, level, kernel, slack, split),
        split,
        shuffles,
        fusion,
        mapping);
  }

  private Boundaries boundaries(
      Problem problem, Level level, ResourceReport kernel, Slack slack, Split split) {
    int entries = problem.storedEntries();
    // A part of a split block has its share of the block's codebooks.
    int residentBytes = problem.codebooksOfBlock() / split.factor() * problem.entryBytes();
    int registers = slack.registers() * REGISTER_BYTES / residentBytes;
    return switch (level) {
      case GC -> Boundaries.NONE;
      case SC ->
          new Boundaries(
              0,
              Math.min(entries, (gpu.sharedBytesOfBlock() - kernel.sharedBytes()) / residentBytes));
      case O1 -> new Boundaries(0, Math.min(entries, slack.sharedBytes() / residentBytes));
      case O2, O3, O4 ->
          new Boundaries(
              Math.min(entries, registers),
              Math.min(entries, registers + slack.sharedBytes() / residentBytes));
    };
  }
}
