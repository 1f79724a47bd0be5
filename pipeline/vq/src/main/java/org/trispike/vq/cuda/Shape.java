package org.trispike.vq.cuda;

import org.trispike.vq.CodebookKind;
import org.trispike.vq.CodebookScope;
import org.trispike.vq.VqConfig;
import org.trispike.vq.plan.Fusion;
import org.trispike.vq.plan.Op;
import org.trispike.vq.plan.Plan;
import org.trispike.vq.plan.Problem;

/** Sizes of a plan's kernel that follow from its decisions. */
final class Shape {
  /** Threads of a warp. */
  static final int LANES = 32;

  /** Inputs of a step of a GeMM, unless a vector is longer. */
  private static final int STEP = 32;

  /** Halves between the ends of rows in shared memory, so that columns spread over all banks. */
  private static final int PADDING = 8;

  private static final int ALIGNMENT = 16;

  final Plan plan;
  final Problem problem;
  final VqConfig config;
  final Partition partition;

  Shape(Plan plan) {
    this.plan = plan;
    this.problem = plan.problem();
    this.config = problem.config();
    this.partition = Partition.of(plan);
    checkHeads();
  }

  private void checkHeads() {
    int channels = problem.channels();
    int scope = config.scope().columns();
    boolean whole = channels % config.vectorLength() == 0;
    boolean tiled = scope == CodebookScope.ALL || channels % scope == 0 || scope % channels == 0;
    if (problem.op().onCache() && !(whole && tiled)) {
      throw new IllegalArgumentException(
          "Heads of %d channels cut vectors of %d or codebooks of %d columns"
              .formatted(channels, config.vectorLength(), scope));
    }
  }

  boolean lattice() {
    return config.kind() == CodebookKind.E8P;
  }

  /** Whether the words of an entry are of 16 bits, as single elements are. */
  boolean narrow() {
    return !lattice() && config.vectorLength() == 1;
  }

  int wordBytes() {
    return narrow() ? Short.BYTES : Integer.BYTES;
  }

  int entryWords() {
    return problem.entryBytes() / wordBytes();
  }

  /** Words behind a codebook's entries: the lattice's scale. */
  int scaleWords() {
    return lattice() ? 1 : 0;
  }

  int groupsOfHead() {
    return config.groups(problem.channels());
  }

  int groupsOfTile() {
    return Math.min(config.scope().columns() / config.vectorLength(), groupsOfHead());
  }

  int groupsOfPart() {
    return Math.min(partition.tilesOfPart() * groupsOfTile(), groupsOfHead());
  }

  /** Rows that a block has at most. Values are added over all tokens where channels are split. */
  int rowsOfBlock() {
    return switch (problem.op()) {
      case GEMM, GEMV -> Problem.TILE;
      case ATTENTION_K -> Problem.TOKENS;
      case ATTENTION_V -> partition.parts() > 1 ? CodebookScope.ALL : Problem.TOKENS;
    };
  }

  /** Blocks along the rows: none has rows of two bands. */
  int rowBlocks() {
    int rows = problem.rows();
    int band = Math.min(config.scope().rows(), rows);
    int blocksOfBand = (band - 1) / rowsOfBlock() + 1;
    return config.scope().down(rows) * blocksOfBand;
  }

  /** Fewer where a warp's way through shared memory is long. */
  int threads() {
    boolean elements = problem.op() == Op.GEMV || problem.op() == Op.ATTENTION_V;
    return elements && config.vectorLength() > 16 ? 128 : 256;
  }

  int warps() {
    return threads() / LANES;
  }

  int step() {
    return Math.max(STEP, config.vectorLength());
  }

  int cachedBytes() {
    int staged = plan.boundaries().shared() - plan.boundaries().registers();
    return align(partition.slots() * staged * problem.entryBytes());
  }

  /** What a warp exchanges elements by. */
  int scratchBytes() {
    boolean shared = plan.fusion() == Fusion.SHARED && config.vectorLength() > 1;
    return shared ? LANES * (config.vectorLength() + 1) * Float.BYTES : 0;
  }

  /** Shared memory beside the codebook cache. */
  int ownBytes() {
    int tile = Problem.TILE * (step() + PADDING) * Short.BYTES;
    int channels = groupsOfPart() * config.vectorLength() * Float.BYTES;
    return switch (problem.op()) {
      case GEMM -> plan.fusion() == Fusion.SHARED ? 2 * tile : tile;
      case GEMV -> warps() * scratchBytes();
      case ATTENTION_K -> channels;
      case ATTENTION_V -> warps() * (channels + scratchBytes());
    };
  }

  private static int align(int bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
