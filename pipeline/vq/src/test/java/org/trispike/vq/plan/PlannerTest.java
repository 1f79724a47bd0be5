package org.trispike.vq.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.trispike.vq.CodebookScope;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqConfigs;

class PlannerTest {
  private static final Planner PLANNER = new Planner(Architecture.SM_89);
  private static final ResourceReport KERNEL = new ResourceReport(256, 64, 16 << 10);

  /** Each level changes what it is named for and nothing else. */
  @Test
  void levelsAreValuesOfOnePlan() {
    Problem problem = Problems.llama(Op.GEMV, VqConfigs.GPTVQ_2);
    Plan gc = PLANNER.plan(problem, Level.GC, KERNEL);
    assertThat(gc.boundaries()).isEqualTo(Boundaries.NONE);
    assertThat(gc.split().factor()).isEqualTo(1);
    assertThat(gc.fusion()).isEqualTo(Fusion.SHARED);
    assertThat(gc.mapping()).isEmpty();

    // 16 codebooks of 256 entries of 8 bytes are resident.
    Plan sc = PLANNER.plan(problem, Level.SC, KERNEL);
    assertThat(sc.boundaries()).isEqualTo(new Boundaries(0, 256));

    // 4 blocks fit by registers, which leaves 25,600 − 1,024 − 16,384 bytes.
    Plan o1 = PLANNER.plan(problem, Level.O1, KERNEL);
    assertThat(o1.slack()).isEqualTo(new Slack(4, 0, 8192));
    assertThat(o1.boundaries()).isEqualTo(new Boundaries(0, 8192 / (16 * 8)));
    assertThat(PLANNER.plan(problem, Level.O2, KERNEL).boundaries()).isEqualTo(o1.boundaries());

    // Eight parts have two codebooks each, so eight times as many entries.
    Plan o3 = PLANNER.plan(problem, Level.O3, KERNEL);
    assertThat(o3.split().factor()).isEqualTo(8);
    assertThat(o3.boundaries()).isEqualTo(new Boundaries(0, 256));
    assertThat(o3.fusion()).isEqualTo(Fusion.SHARED);

    Plan o4 = PLANNER.plan(problem, Level.O4, KERNEL);
    assertThat(o4.fusion()).isEqualTo(Fusion.REGISTER);
    assertThat(o4.mapping()).isPresent();
    assertThat(o4.boundaries()).isEqualTo(o3.boundaries());
  }

  /** 58 spare registers hold 14 entries of 16 bytes, 341 spare bytes 21 more. */
  @Test
  void boundariesFollowFromTheSlack() {
    VqConfig one = VqConfig.trained("one", 8, 12, 1, CodebookScope.tensor());
    ResourceReport kernel = new ResourceReport(256, 22, 32 << 10);
    Plan plan = PLANNER.plan(Problems.llama(Op.GEMV, one), Level.O2, kernel);
    assertThat(plan.boundaries()).isEqualTo(new Boundaries(14, 14 + 341 / 16));
    assertThat(PLANNER.plan(Problems.llama(Op.GEMV, one), Level.O1, kernel).boundaries())
        .isEqualTo(new Boundaries(0, 21));
    assertThat(plan.with(new Boundaries(1, 2)).boundaries()).isEqualTo(new Boundaries(1, 2));
  }

  @Test
  void manyShufflesFallBackToSharedMemory() {
    Plan plan = PLANNER.plan(Problems.llama(Op.GEMV, VqConfigs.AQLM_3), Level.O4, KERNEL);
    assertThat(plan.shuffles()).isEqualTo(7);
    assertThat(plan.fusion()).isEqualTo(Fusion.SHARED);
    assertThat(plan.mapping()).isEmpty();
  }

  /** 64 KB of codebooks a head against 1 KB of partial scores: s* = 8. */
  @Test
  void splitBalancesItsTwoTraffics() {
    Plan keys = PLANNER.plan(Problems.llama(Op.ATTENTION_K, VqConfigs.CQ_2), Level.O3, KERNEL);
    assertThat(keys.split()).isEqualTo(new Split(8, 8, 32));
    assertThat(keys.split().candidates()).containsExactly(1, 4, 8, 16);
    // Values need no adding: each block has channels of its own.
    Plan values = PLANNER.plan(Problems.llama(Op.ATTENTION_V, VqConfigs.CQ_2), Level.O3, KERNEL);
    assertThat(values.split().factor()).isEqualTo(32);
    assertThat(values.split().candidates()).containsExactly(1, 16, 32);
    VqConfig one = VqConfig.trained("one", 8, 8, 1, CodebookScope.tensor());
    Plan single = PLANNER.plan(Problems.llama(Op.GEMV, one), Level.O4, KERNEL);
    assertThat(single.split()).isEqualTo(new Split(1, 1, 1));
  }

  /** No factor that divides the codebooks moves fewer bytes, but for rounding to a divisor. */
  @Test
  void noOtherSplitMovesFewerBytes() {
    for (VqConfig config : VqConfigs.all()) {
      for (Op op : Op.values()) {
        Problem problem = Problems.llama(op, config);
        Split split = PLANNER.plan(problem, Level.O3, KERNEL).split();
        if (Double.isInfinite(split.ideal())) {
          continue;
        }
        double chosen = traffic(problem, split.factor());
        for (int s = 1; s <= split.limit(); s++) {
          if (split.limit() % s == 0) {
            assertThat(chosen).isLessThanOrEqualTo(traffic(problem, s) * (1 + 1e-12));
          }
        }
      }
    }
  }

  private static double traffic(Problem problem, int s) {
    return (double) s * problem.outputBytesOfBlock() + (double) problem.codebookBytesOfBlock() / s;
  }
}
