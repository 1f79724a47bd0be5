package org.trispike.vq.cuda;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.trispike.vq.VqConfig;
import org.trispike.vq.plan.Fusion;
import org.trispike.vq.plan.Level;
import org.trispike.vq.plan.Op;
import org.trispike.vq.plan.Plan;

/** Writes the kernels of a plan: its constants, then the snippets that it chooses. */
final class KernelSource {
  private static final int THREADS = 256;

  /** Copies of 16 bytes that fill all banks of shared memory. */
  private static final int REPLICAS = 8;

  private static final String NAME = "KERNEL";

  private final Plan plan;
  private final Shape shape;

  KernelSource(Shape shape) {
    this.plan = shape.plan;
    this.shape = shape;
  }

  /** The operation itself. */
  CudaKernel operation() {
    String text =
        "// %s of %s at level %s: %s, %s, elements by way of %s\n"
                .formatted(
                    plan.problem().op(),
                    plan.problem().config().signature(),
                    plan.level(),
                    plan.split(),
                    plan.boundaries(),
                    plan.fusion())
            + "typedef unsigned %s Word;\n".formatted(shape.narrow() ? "short" : "int")
            + constants().text()
            + mapping()
            + "\n"
            + Snippets.read(snippets());
    String name = name(plan.problem().op().name());
    return new CudaKernel(
        name, named(text, name), shape.threads(), shape.cachedBytes(), shape.ownBytes());
  }

  private Constants constants() {
    VqConfig config = plan.problem().config();
    Partition partition = shape.partition;
    return new Constants()
        .with("LENGTH", config.vectorLength())
        .with("BITS", config.indexBits())
        .with("ROUNDS", config.rounds())
        .with("ENTRIES", plan.problem().storedEntries())
        .with("ENTRY_WORDS", shape.entryWords())
        .with("SCALE_WORDS", shape.scaleWords())
        .with("COLUMNS", plan.problem().columns())
        .with("HEADS", plan.problem().heads())
        .with("SCOPE_ROWS", config.scope().rows())
        .with("SCOPE_COLUMNS", config.scope().columns())
        .with("TILES_OF_ROW", config.scope().across(plan.problem().columns()))
        .with("GROUPS_OF_HEAD", shape.groupsOfHead())
        .with("GROUPS_OF_TILE", shape.groupsOfTile())
        .with("TILE_PARTS", partition.tileParts())
        .with("TILES_OF_PART", partition.tilesOfPart())
        .with("ROUND_PARTS", partition.roundParts())
        .with("ROUNDS_OF_PART", partition.roundsOfPart())
        .with("ROWS_OF_BLOCK", shape.rowsOfBlock())
        .with("N_REGISTERS", plan.boundaries().registers())
        .with("N_SHARED", plan.boundaries().shared())
        .with("THREADS", shape.threads())
        .with("LEAST_BLOCKS", leastBlocks())
        .with("CACHED_BYTES", shape.cachedBytes())
        .with("SCRATCH_BYTES", shape.scratchBytes())
        .with("STEP", shape.step())
        .with("SCALE", (float) (1 / Math.sqrt(plan.problem().channels())));
  }

  /** Levels that mind occupancy tell the compiler; one that asks what a kernel takes does not. */
  private int leastBlocks() {
    boolean cached = plan.boundaries().shared() > 1;
    return plan.level().compareTo(Level.O1) >= 0 && cached ? plan.slack().occupancy() : 1;
  }

  /** Which vector each lane looks up, where a GeMM goes by registers. */
  private String mapping() {
    if (plan.problem().op() != Op.GEMM || plan.fusion() != Fusion.REGISTER) {
      return "";
    }
    IntStream vectors =
        plan.mapping()
            .map(mapping -> Arrays.stream(mapping.vectorOfLane()))
            .orElse(IntStream.range(0, Shape.LANES));
    return "__constant__ unsigned char VECTOR_OF_LANE[32] = {%s};\n"
        .formatted(vectors.mapToObj(Integer::toString).collect(Collectors.joining(", ")));
  }

  private List<String> snippets() {
    boolean registers = plan.fusion() == Fusion.REGISTER;
    List<String> names = new ArrayList<>(List.of("threads.cu", "block.cu", "vector.cu"));
    names.add("cache.cu");
    names.add(shape.lattice() ? "entries_e8p.cu" : "entries_trained.cu");
    names.add("dequantize.cu");
    Op op = plan.problem().op();
    if (registers && op != Op.ATTENTION_K) {
      names.add("exchange_register.cu");
    }
    String way = registers ? "register.cu" : "shared.cu";
    names.addAll(
        switch (op) {
          case GEMM -> List.of("fragments_" + way, "store.cu", "gemm.cu");
          case GEMV -> List.of("elements_" + way, "store.cu", "gemv.cu");
          case ATTENTION_K -> List.of("keys.cu");
          case ATTENTION_V -> List.of("elements_" + way, "values.cu");
        });
    return names;
  }

  /** AQLM's way, for comparison: every entry in shared memory, eight times. */
  CudaKernel replicated() {
    String text =
        "typedef unsigned int Word;\n"
            + constants().text()
            + "\n"
            + Snippets.read(List.of("threads.cu", "block.cu", "vector.cu", "replicated.cu"));
    String name = name("replicated");
    int bytes =
        REPLICAS * shape.config.rounds() * shape.config.entries() * plan.problem().entryBytes();
    return new CudaKernel(name, named(text, name), shape.threads(), bytes, 0);
  }

  /** Adds the parts of scores and makes shares of them. */
  CudaKernel softmax() {
    return companion(
        "softmax",
        new Constants().with("THREADS", THREADS).with("PARTS", shape.partition.parts()),
        THREADS / Shape.LANES * Float.BYTES);
  }

  /** Adds the parts of results. */
  CudaKernel reduction() {
    return companion(
        "reduce",
        new Constants()
            .with("THREADS", THREADS)
            .with("HALF_RESULTS", !plan.problem().op().onCache()),
        0);
  }

  private CudaKernel companion(String word, Constants constants, int sharedBytes) {
    String name = name(word);
    String text = constants.text() + "\n" + Snippets.read(List.of("threads.cu", word + ".cu"));
    return new CudaKernel(name, named(text, name), THREADS, 0, sharedBytes);
  }

  private String name(String word) {
    VqConfig config = plan.problem().config();
    return "vq_%s_%dx%dx%d_%s"
        .formatted(word, config.vectorLength(), config.indexBits(), config.rounds(), plan.level())
        .toLowerCase(Locale.ROOT);
  }

  private static String named(String text, String name) {
    return text.replace(" " + NAME + "(", " " + name + "(");
  }
}
