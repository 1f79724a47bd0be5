package org.trispike.vq.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.trispike.vq.CodebookScope;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqConfigs;
import org.trispike.vq.VqTensor;
import org.trispike.vq.plan.Boundaries;
import org.trispike.vq.plan.Fusion;
import org.trispike.vq.plan.Level;
import org.trispike.vq.plan.Op;
import org.trispike.vq.plan.PaperTables;
import org.trispike.vq.plan.Plan;
import org.trispike.vq.plan.Problem;

/** The text of kernels and the layout of operands; runs where nothing can execute kernels. */
class CudaSourceTest {

  private static Plan plan(Op op, VqConfig config, Level level) {
    return Cases.plans(PaperTables.llama(op, config)).get(level.ordinal());
  }

  private static String constant(CudaKernel kernel, String name) {
    Matcher matcher =
        Pattern.compile("constexpr \\w+ " + name + " = ([^;]+);").matcher(kernel.text());
    assertThat(matcher.find()).as(name).isTrue();
    return matcher.group(1);
  }

  /** The decisions of the plans of Llama's sizes, by hand: parts, tiers and the shared memory. */
  @Test
  void constantsAreTheDecisionsOfThePlan() {
    CudaKernel aqlm = CudaProgram.of(plan(Op.GEMV, VqConfigs.AQLM_3, Level.O4)).operation();
    assertThat(constant(aqlm, "ROUND_PARTS")).isEqualTo("2");
    assertThat(constant(aqlm, "ROUNDS_OF_PART")).isEqualTo("1");
    // 58 spare registers hold 14 entries of 16 bytes, 341 spare bytes 21.
    assertThat(constant(aqlm, "N_REGISTERS")).isEqualTo("14");
    assertThat(constant(aqlm, "N_SHARED")).isEqualTo("35");
    assertThat(aqlm.cachedBytes()).isEqualTo(21 * 16);

    CudaKernel gptvq = CudaProgram.of(plan(Op.GEMV, VqConfigs.GPTVQ_2, Level.O3)).operation();
    assertThat(constant(gptvq, "TILE_PARTS")).isEqualTo("8");
    assertThat(constant(gptvq, "TILES_OF_PART")).isEqualTo("2");
    assertThat(constant(gptvq, "GROUPS_OF_TILE")).isEqualTo("64");
    assertThat(gptvq.cachedBytes()).isEqualTo(2 * 256 * 8);

    CudaKernel quip = CudaProgram.of(plan(Op.GEMM, VqConfigs.QUIP_4, Level.SC)).operation();
    assertThat(constant(quip, "ENTRIES")).isEqualTo("256");
    assertThat(constant(quip, "BITS")).isEqualTo("16");
    assertThat(quip.cachedBytes()).isEqualTo(2 << 10);
    // Activations and weights, 128 rows of 32 halves and 8 to spread them over banks.
    assertThat(quip.ownBytes()).isEqualTo(2 * 128 * 40 * 2);

    Plan keys = plan(Op.ATTENTION_K, VqConfigs.CQ_2, Level.O3);
    assertThat(CudaProgram.of(keys).partialBytes()).isEqualTo(8L * 32 * 1024 * 4);
  }

  /** One generator: what a level changes is a constant, or one snippet for another. */
  @Test
  void levelsDifferInConstantsAndFusionAlone() {
    for (Op op : Op.values()) {
      VqConfig config = op.onCache() ? VqConfigs.CQ_2 : VqConfigs.GPTVQ_2;
      List<String> bodies =
          Arrays.stream(Level.values())
              .filter(level -> plan(op, config, level).fusion() == Fusion.SHARED)
              .map(level -> body(CudaProgram.of(plan(op, config, level)).operation()))
              .distinct()
              .toList();
      assertThat(bodies).hasSize(1);
      String fused = body(CudaProgram.of(plan(op, config, Level.O4)).operation());
      assertThat(fused.contains("void rotate(")).isEqualTo(op != Op.ATTENTION_K);
      assertThat(bodies.get(0)).doesNotContain("void rotate(");
    }
  }

  private static String body(CudaKernel kernel) {
    return kernel
        .text()
        .substring(kernel.text().indexOf("// Which rows"))
        .replace(kernel.name(), "kernel");
  }

  /** Blocks with parts of a sum write them; another launch adds. No kernel adds by atomics. */
  @Test
  void partsAreAddedByAnotherLaunch() {
    for (VqConfig config : Cases.configs()) {
      for (Op op : Op.values()) {
        Problem problem = Cases.problem(op, config);
        for (Plan plan : Cases.fits(problem) ? Cases.plans(problem) : List.<Plan>of()) {
          CudaProgram program = CudaProgram.of(plan);
          List<Object> first = program.launches().get(0).arguments();
          boolean parts = first.contains(Launch.Buffer.PARTIAL);
          assertThat(first.contains(Launch.Buffer.OUTPUT)).isEqualTo(!parts);
          assertThat(program.launches()).hasSize(parts ? 2 : 1);
          program
              .launches()
              .forEach(launch -> assertThat(launch.kernel().text()).doesNotContain("atomic"));
        }
      }
    }
    assertThat(
            CudaProgram.of(plan(Op.ATTENTION_K, VqConfigs.CQ_2, Level.O3))
                .launches()
                .get(1)
                .kernel()
                .name())
        .isEqualTo("vq_softmax_4x8x1_o3");
  }

  /**
   * The text counts on it: of the vectors that a mini-warp's lanes look up, the one of lane j holds
   * the pairs of register j mod 2 of fragment j / 2.
   */
  @Test
  void laneOfAMiniWarpSaysRegister() {
    for (VqConfig config : List.of(VqConfigs.AQLM_3, VqConfigs.GPTVQ_2)) {
      Plan plan = plan(Op.GEMM, config, Level.O4);
      int pairs = config.vectorLength() / 2;
      int vectorsOfRow = 16 / config.vectorLength();
      int[] vectorOfLane = plan.mapping().orElseThrow().vectorOfLane();
      assertThat(plan.mapping().orElseThrow().miniWarp()).isEqualTo(pairs);
      for (int lane = 0; lane < 32; lane++) {
        int vector = vectorOfLane[lane];
        int fragment = vector / (8 * vectorsOfRow);
        int firstPair = vector % vectorsOfRow * pairs;
        assertThat(fragment * 2 + firstPair / 4).isEqualTo(lane % pairs);
        // Its pairs go to the lanes of the mini-warp, in their order, in the vector's own row.
        assertThat(vector / vectorsOfRow % 8).isEqualTo(lane / 4);
        assertThat(firstPair % 4).isEqualTo(lane / pairs * pairs % 4);
      }
    }
  }

  /** A name may be read from a file, so it must not come into text that is compiled. */
  @Test
  void textHoldsNumbersAlone() {
    VqConfig hostile =
        VqConfig.trained("x\n#include \"/etc/passwd\"", 4, 8, 1, CodebookScope.tensor());
    CudaProgram program = CudaProgram.of(Cases.plans(Cases.problem(Op.GEMV, hostile)).get(0));
    assertThat(program.operation().source()).doesNotContain("passwd").doesNotContain("#include");
    assertThat(program.operation().name()).matches("vq_gemv_4x8x1_o2");
  }

  /** Codes of 12 bits, two rounds that two blocks have: round after round, row after row. */
  @Test
  void codesLieInTheOrderOfTheBlocks() {
    Problem problem = Problem.weights(Op.GEMV, VqConfigs.AQLM_3, 3, 20, 1);
    VqTensor tensor = Cases.tensor(problem, 4);
    Plan plan = Cases.plans(problem).get(Level.O3.ordinal()).with(Boundaries.NONE);
    assertThat(plan.split().factor()).isEqualTo(2);
    byte[] codes = DeviceTensor.of(plan, tensor).codes();
    assertThat(codes).hasSize((2 * 3 * 3 * 12 / 32 + 2) * 4);
    int at = 0;
    for (int round = 0; round < 2; round++) {
      for (int row = 0; row < 3; row++) {
        for (int group = 0; group < 3; group++) {
          int code = 0;
          for (int bit = 0; bit < 12; bit++, at++) {
            code |= (codes[at / 8] >> at % 8 & 1) << bit;
          }
          assertThat(code).isEqualTo(tensor.code(round, row, group));
        }
      }
    }
  }

  @Test
  void headsThatCutVectorsAreRefused() {
    Problem problem = Problem.cache(Op.ATTENTION_K, VqConfigs.CQ_2, 10, 2, 6, 1);
    Plan plan = Cases.plans(problem).get(0);
    assertThatThrownBy(() -> CudaProgram.of(plan))
        .hasMessage("Heads of 6 channels cut vectors of 4 or codebooks of 4 columns");
    Plan products = plan(Op.GEMV, VqConfigs.GPTVQ_2, Level.GC);
    assertThatThrownBy(() -> CudaProgram.replicated(products))
        .hasMessageStartingWith("Entries are not replicated for");
    VqTensor other = Cases.tensor(Problem.weights(Op.GEMV, VqConfigs.GPTVQ_2, 4, 8, 1), 1);
    assertThatThrownBy(() -> DeviceTensor.of(products, other))
        .hasMessageStartingWith("A tensor of VQ<4, 8, 1>, 4 x 8, is not that of");
  }

  /** Without natives there is nothing that compiles; whoever asks can tell. */
  @Test
  void thisModuleAloneHasNoCompiler() {
    assertThat(CudaRuntime.find()).isEqualTo(Optional.empty());
  }
}
