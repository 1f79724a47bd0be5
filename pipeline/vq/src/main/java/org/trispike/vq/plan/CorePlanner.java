package org.trispike.vq.plan;

import java.util.Optional;

/**
 * Plans a product with one activation for a core of a CPU: the decisions of {@link Planner}, taken
 * of what a core has in the place of a multiprocessor.
 *
 * <ul>
 *   <li>The register tier is a vector register that holds a whole table of 16 bytes; one shuffle
 *       looks up in it for all lanes.
 *   <li>Shared memory is what tables may take of the first cache.
 *   <li>A part of a split is a range of sub-spaces (each round's counted) whose tables of partial
 *       products are near at a time. Without cutting, a row reads 4 bytes of far tables a
 *       sub-space; each part reads and writes a partial sum of 4 bytes; so s* = √(sub-spaces / 2),
 *       but never so few parts that their tables overflow the first cache.
 *   <li>A core sums along the vector that it looks up, so nothing is exchanged. Vectors shorter
 *       than the smallest register go by way of memory all the same.
 * </ul>
 */
public final class CorePlanner {
  /** Entries of a table that lies in one register, as bytes. */
  public static final int REGISTER_ENTRIES = 16;

  /** Shortest vector that is worth a register. */
  private static final int REGISTER_LENGTH = 4;

  /** Three quarters of a first cache of 32 KB; codes and sums stream through the rest. */
  private static final int TABLE_BYTES = 24 << 10;

  private static final int FLOAT = 4;

  /** The plan of one level. */
  public Plan plan(Problem problem, Level level) {
    if (problem.op() != Op.GEMV || problem.batch() != 1) {
      throw new IllegalArgumentException(
          "A core has no plan for " + problem.op() + " with a batch of " + problem.batch());
    }
    boolean register = level == Level.O4 && problem.config().vectorLength() >= REGISTER_LENGTH;
    return new Plan(
        problem,
        level,
        AxisModel.of(problem),
        new Slack(1, REGISTER_ENTRIES / FLOAT, TABLE_BYTES),
        boundaries(problem.storedEntries(), level),
        level.compareTo(Level.O3) >= 0 ? split(problem) : new Split(1, 1, 1),
        0,
        register ? Fusion.REGISTER : Fusion.SHARED,
        Optional.empty());
  }

  private static Boundaries boundaries(int entries, Level level) {
    int near = Math.min(entries, TABLE_BYTES / FLOAT);
    return switch (level) {
      case GC -> Boundaries.NONE;
      case SC -> new Boundaries(0, entries);
      case O1 -> new Boundaries(0, near);
      case O2, O3, O4 -> new Boundaries(entries <= REGISTER_ENTRIES ? entries : 0, near);
    };
  }

  private static Split split(Problem problem) {
    int subspaces = problem.config().groups(problem.columns()) * problem.config().rounds();
    double ideal = Math.sqrt(subspaces / 2.0);
    int near = Math.max(1, TABLE_BYTES / (FLOAT * problem.storedEntries()));
    int parts = Math.max((int) Math.round(ideal), (subspaces + near - 1) / near);
    return new Split(ideal, Math.min(parts, subspaces), subspaces);
  }
}
