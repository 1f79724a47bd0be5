package org.trispike.vq.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.trispike.vq.CodebookScope;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqConfigs;

class CorePlannerTest {
  private static final CorePlanner PLANNER = new CorePlanner();

  private static Plan plan(VqConfig config, Level level) {
    return PLANNER.plan(Problems.llama(Op.GEMV, config), level);
  }

  /** Each level changes what it is named for and nothing else. */
  @Test
  void levelsAreValuesOfOnePlan() {
    Plan gc = plan(VqConfigs.PQ4, Level.GC);
    assertThat(gc.boundaries()).isEqualTo(Boundaries.NONE);
    assertThat(gc.split().factor()).isEqualTo(1);
    assertThat(plan(VqConfigs.PQ4, Level.O1).boundaries()).isEqualTo(new Boundaries(0, 16));
    Plan o2 = plan(VqConfigs.PQ4, Level.O2);
    assertThat(o2.boundaries().tier(15)).isEqualTo(Tier.REGISTER);
    assertThat(o2.split().factor()).isEqualTo(1);
    Plan o3 = plan(VqConfigs.PQ4, Level.O3);
    assertThat(o3.boundaries()).isEqualTo(o2.boundaries());
    assertThat(o3.fusion()).isEqualTo(Fusion.SHARED);
    assertThat(plan(VqConfigs.PQ4, Level.O4).fusion()).isEqualTo(Fusion.REGISTER);
  }

  /** 1,024 sub-spaces: √512 parts; with 256 entries 24 tables of 1 KB fit, so 43 parts. */
  @Test
  void splitBalancesItsTwoTrafficsWithinTheFirstCache() {
    assertThat(plan(VqConfigs.PQ4, Level.O3).split().factor()).isEqualTo(23);
    assertThat(plan(VqConfigs.CQ_2, Level.O3).split().factor()).isEqualTo(43);
    assertThat(plan(VqConfigs.AQLM_2X8, Level.O3).split())
        .isEqualTo(new Split(Math.sqrt(512), 43, 1024));
    // One table of 4,096 entries fills 16 KB.
    assertThat(plan(VqConfigs.AQLM_3, Level.O3).split().factor()).isEqualTo(1024);
  }

  @Test
  void wideTablesStayOutOfRegisters() {
    assertThat(plan(VqConfigs.GPTVQ_2, Level.O4).boundaries()).isEqualTo(new Boundaries(0, 256));
    assertThat(plan(VqConfigs.AQLM_3, Level.O4).boundaries()).isEqualTo(new Boundaries(0, 4096));
    VqConfig wide = VqConfig.trained("wide", 8, 16, 1, CodebookScope.tensor());
    assertThat(plan(wide, Level.SC).boundaries()).isEqualTo(new Boundaries(0, 65_536));
    assertThat(plan(wide, Level.O1).boundaries()).isEqualTo(new Boundaries(0, 6144));
  }

  @Test
  void vectorsShorterThanARegisterGoByWayOfMemory() {
    VqConfig pairs = VqConfig.trained("pairs", 2, 4, 2, CodebookScope.tensor());
    assertThat(plan(pairs, Level.O4).fusion()).isEqualTo(Fusion.SHARED);
    assertThat(plan(VqConfigs.CQ_2, Level.O4).fusion()).isEqualTo(Fusion.REGISTER);
  }

  @Test
  void otherOperationsAreRefused() {
    Problem problem = Problems.llama(Op.GEMM, VqConfigs.PQ4);
    assertThatThrownBy(() -> PLANNER.plan(problem, Level.O4))
        .hasMessage("A core has no plan for GEMM with a batch of 1024");
  }
}
