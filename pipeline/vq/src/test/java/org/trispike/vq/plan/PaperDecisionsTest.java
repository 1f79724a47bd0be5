package org.trispike.vq.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  @Test
  void decisionsAreThePapers() throws IOException {
    List<String> note = Files.readAllLines(NOTE);
    for (PaperTables.Published row : PaperTables.rows()) {
      Plan plan = row.plan();
      System.out.println(row.line());
      assertThat(PaperTables.words(plan.axes().switching())).isEqualTo(row.switching());
      assertThat(PaperTables.words(plan.axes().globalReductions())).isEqualTo(row.global());
      assertThat(plan.problem().codebookBytesOfBlock()).isEqualTo(row.bytes());
      assertThat(plan.problem().outputBytesOfBlock())
          .isBetween((long) row.leastOutput(), (long) row.mostOutput());
      if (row.op() != Op.ATTENTION_K) {
        assertThat(plan.shuffles()).isEqualTo(row.shuffles());
      }
    }
    assertThat(note).containsAll(PaperTables.header());
    assertThat(note)
        .containsAll(PaperTables.rows().stream().map(PaperTables.Published::line).toList());
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
