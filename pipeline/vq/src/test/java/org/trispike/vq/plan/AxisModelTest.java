package org.trispike.vq.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trispike.vq.CodebookScope;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqConfigs;

class AxisModelTest {

  /** Table III of the paper, row by row. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GEMM        | aqlm-3   | M N R   | M R | R   | R",
        "GEMV        | aqlm-3   | M N R   | M R | R   | R",
        "GEMM        | quip#-4  | M N R   | M R | R   | R",
        "GEMV        | quip#-4  | M N R   | M R | R   | R",
        "GEMM        | gptvq-2  | M N R   | M R | M N | M",
        "GEMV        | gptvq-2  | M N R   | M R | M N | M",
        "ATTENTION_K | cq-2     | B H T C | C   | H C | C",
        "ATTENTION_V | cq-2     | B H T C | T   | H C | ''",
        "ATTENTION_K | cq-4     | B H T C | C   | H C | C"
      })
  void axesAreThoseOfThePaper(
      Op op, String config, String all, String reduced, String switching, String global) {
    AxisModel axes = AxisModel.of(Problems.llama(op, VqConfigs.named(config).orElseThrow()));
    assertThat(axes.all()).isEqualTo(axes(all));
    assertThat(axes.reduced()).isEqualTo(axes(reduced));
    assertThat(axes.switching()).isEqualTo(axes(switching));
    assertThat(axes.globalReductions()).isEqualTo(axes(global));
  }

  /** What the paper does not list follows from the same rules. */
  @Test
  void otherScopesAndRoundsAreDerived() {
    VqConfig twoRounds = VqConfig.trained("a", 4, 8, 2, CodebookScope.channelGroup(4));
    AxisModel axes = AxisModel.of(Problem.cache(Op.ATTENTION_V, twoRounds, 64, 8, 128, 1));
    assertThat(axes.switching()).isEqualTo(axes("H C R"));
    assertThat(axes.globalReductions()).isEqualTo(axes("R"));

    VqConfig perHead = VqConfig.trained("b", 4, 8, 1, CodebookScope.channelGroup(128));
    axes = AxisModel.of(Problem.cache(Op.ATTENTION_K, perHead, 64, 8, 128, 1));
    assertThat(axes.switching()).isEqualTo(axes("H"));
    assertThat(axes.globalReductions()).isEmpty();

    axes = AxisModel.of(Problem.weights(Op.GEMV, VqConfigs.GPTVQ_2, 256, 4096, 1));
    assertThat(axes.switching()).isEqualTo(axes("M"));
  }

  private static Set<Axis> axes(String words) {
    Set<Axis> axes = EnumSet.noneOf(Axis.class);
    Arrays.stream(words.split(" ")).filter(w -> !w.isEmpty()).map(Axis::valueOf).forEach(axes::add);
    return axes;
  }
}
