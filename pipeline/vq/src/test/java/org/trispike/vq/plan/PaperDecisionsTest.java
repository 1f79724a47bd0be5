package org.trispike.vq.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.Matrices;
import org.trispike.vq.RealData;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqConfigs;
import org.trispike.vq.VqTensor;
import org.trispike.vq.train.Quantizer;
import org.trispike.vq.train.QuantizerOptions;

/** The planner's decisions beside those that the paper prints in its Tables III and V. */
class PaperDecisionsTest {
  private static final Path NOTE = Path.of("../../docs/vq.md");
  private static final ResourceReport KERNEL = new ResourceReport(256, 64, 16 << 10);

  /**
   * What the paper prints for one kernel.
   *
   * @param bytes of codebooks a block reads
   * @param leastOutput bytes of results a block writes, at least
   * @param mostOutput and at most
   */
  private record Published(
      String config,
      Op op,
      String switching,
      String global,
      int shuffles,
      int bytes,
      int leastOutput,
      int mostOutput) {}

  private static final List<Published> TABLES =
      List.of(
          new Published("quip#-4", Op.GEMM, "R", "R", 3, 2 << 10, 32 << 10, 32 << 10),
          new Published("quip#-4", Op.GEMV, "R", "R", 7, 2 << 10, 0, 1023),
          new Published("aqlm-3", Op.GEMM, "R", "R", 3, 128 << 10, 32 << 10, 32 << 10),
          new Published("aqlm-3", Op.GEMV, "R", "R", 7, 128 << 10, 0, 1023),
          new Published("gptvq-2", Op.GEMM, "M N", "M", 1, 32 << 10, 32 << 10, 32 << 10),
          new Published("gptvq-2", Op.GEMV, "M N", "M", 3, 32 << 10, 0, 1023),
          new Published("cq-2", Op.ATTENTION_K, "H C", "C", 3, 64 << 10, 1 << 10, 4 << 10),
          new Published("cq-2", Op.ATTENTION_V, "H C", "", 3, 64 << 10, 0, 4 << 10));

  @Test
  void decisionsAreThePapers() throws IOException {
    List<String> note = Files.readAllLines(NOTE);
    for (Published row : TABLES) {
      Plan plan = plan(row);
      System.out.println(line(row, plan));
      assertThat(words(plan.axes().switching())).isEqualTo(row.switching());
      assertThat(words(plan.axes().globalReductions())).isEqualTo(row.global());
      assertThat(plan.problem().codebookBytesOfBlock()).isEqualTo(row.bytes());
      assertThat(plan.problem().outputBytesOfBlock())
          .isBetween((long) row.leastOutput(), (long) row.mostOutput());
      if (row.op() != Op.ATTENTION_K) {
        assertThat(plan.shuffles()).isEqualTo(row.shuffles());
      }
    }
    assertThat(note).containsAll(TABLES.stream().map(row -> line(row, plan(row))).toList());
  }

  private static Plan plan(Published row) {
    VqConfig config = VqConfigs.named(row.config()).orElseThrow();
    return new Planner(Architecture.SM_89).plan(Problems.llama(row.op(), config), Level.O4, KERNEL);
  }

  private static String line(Published row, Plan plan) {
    Split split = plan.split();
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s = %s | %s = %s | %d / %d | %d / %d | %d | %s | %d of %d | %s |",
        row.config(),
        row.op().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        words(plan.axes().switching()),
        row.switching(),
        words(plan.axes().globalReductions()),
        row.global(),
        plan.shuffles(),
        row.shuffles(),
        plan.problem().codebookBytesOfBlock() >> 10,
        row.bytes() >> 10,
        plan.problem().outputBytesOfBlock(),
        Double.isInfinite(split.ideal())
            ? "any"
            : String.format(Locale.ROOT, "%.2f", split.ideal()),
        split.factor(),
        split.limit(),
        plan.fusion().name().toLowerCase(Locale.ROOT));
  }

  private static String words(java.util.Set<Axis> axes) {
    // The paper names heads before channels and rows before columns, as the constants stand.
    return axes.stream().map(Axis::name).collect(Collectors.joining(" "));
  }

  /**
   * Rows of the lattice's table on normal data, which is what QuiP#'s rotations make of weights. By
   * symmetry the eight rows of norm 4 are equally frequent, and only that of norm 2 is more so: at
   * most these nine are hot. The paper counts one to three on Llama.
   */
  @Test
  void shortestRowsOfTheLatticeAreHot() {
    Profile profile = profile(Matrices.gaussian(21, 64, 512), VqConfigs.QUIP_4);
    System.out.println("quip#-4, normal numbers, by rounds: " + hot(profile));
    long[] first = profile.counts()[0];
    assertThat(profile.hot(0)).isBetween(1, 9);
    for (int row = 1; row < 256; row++) {
      assertThat(first[row]).isLessThan(first[0]);
      assertThat(row < 9 || first[row] < first[1]).isTrue();
    }
    assertThat(profile.hot(1)).isLessThan(profile.hot(0));
  }

  /** Weights of a small language model, instead of Llama's, have fewer vectors an entry. */
  @Test
  void fewEntriesOfTrainedCodebooksAreHot() throws IOException {
    FloatArray weights = RealData.languageModel();
    Profile aqlm = profile(weights, VqConfigs.AQLM_3);
    System.out.println("aqlm-3, stories260K, by rounds: " + hot(aqlm));
    assertThat(aqlm.hot(0)).isBetween(10, 100);
    assertThat(aqlm.aboveMean(0)).isBetween(1000, 2048);
    Profile gptvq = profile(top(weights, 1024, 64), VqConfigs.GPTVQ_2);
    System.out.println("gptvq-2, stories260K, by tiles: " + hot(gptvq));
    assertThat(gptvq.meanHot()).isLessThan(8);
    Profile cq = profile(top(RealData.clip("lvis_v1"), 1203, 64), VqConfigs.CQ_2);
    System.out.println("cq-2, CLIP vectors, by channel groups: " + hot(cq));
    assertThat(cq.meanHot()).isLessThan(5);
  }

  private static List<Integer> hot(Profile profile) {
    return IntStream.range(0, profile.counts().length).mapToObj(profile::hot).toList();
  }

  private static FloatArray top(FloatArray matrix, int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(matrix.data(), row * matrix.shape()[1], values, row * columns, columns);
    }
    return new FloatArray(new int[] {rows, columns}, values);
  }

  private static Profile profile(FloatArray matrix, VqConfig config) {
    try (Compute compute = Computes.cpu(1)) {
      QuantizerOptions options = new QuantizerOptions(1, 1, 4, 0, 256);
      VqTensor tensor = new Quantizer(compute, options).quantize(matrix, config);
      return Profile.of(tensor);
    }
  }
}
