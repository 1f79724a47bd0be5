package org.trispike.training.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AveragingSpecTest {
  private static AveragingSpec with(Through through, long bytes, double rate, double momentum) {
    return new AveragingSpec(through, bytes, Moments.AVERAGE, Statistics.AVERAGE, rate, momentum);
  }

  @Test
  void sizeDecidesWhereNothingElseDoes() {
    assertThat(with(Through.AUTO, 100, 1, 0).shuffles(100)).isFalse();
    assertThat(with(Through.AUTO, 100, 1, 0).shuffles(101)).isTrue();
    assertThat(with(Through.DRIVER, 100, 1, 0).shuffles(101)).isFalse();
    assertThat(with(Through.SHUFFLE, 100, 1, 0).shuffles(0)).isTrue();
  }

  @Test
  void plainAveragesTakeNoOuterStep() {
    assertThat(AveragingSpec.plain().hasOuterStep()).isFalse();
    assertThat(with(Through.AUTO, 0, 0.7, 0).hasOuterStep()).isTrue();
    assertThat(with(Through.AUTO, 0, 1, 0.9).hasOuterStep()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"-1, 1, 0", "0, 0, 0", "0, NaN, 0", "0, 11, 0", "0, 1, -0.1", "0, 1, 1", "0, 1, NaN"})
  void valuesOutOfRangeAreRefused(long bytes, double rate, double momentum) {
    assertThatThrownBy(() -> with(Through.AUTO, bytes, rate, momentum))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("pretrain.averaging.");
  }
}
