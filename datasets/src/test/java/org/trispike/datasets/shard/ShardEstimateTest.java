package org.trispike.datasets.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ShardEstimateTest {
  private static final ShardEstimate ESTIMATE =
      new ShardEstimate(List.of(100, 100, 100, 40, 10), 32, 0, "", 1000, 0.5, 24_500);

  @Test
  void shardsAreDealtToTheCoreThatIsFree() {
    assertThat(ESTIMATE.seconds(1)).isCloseTo(175, within(1e-9));
    // 100 + 100 on one core; 100 + 40 + 10 on the other.
    assertThat(ESTIMATE.seconds(2)).isCloseTo(100, within(1e-9));
    assertThat(ESTIMATE.seconds(8)).isCloseTo(50, within(1e-9));
  }

  @Test
  void rowGroupsEndWithTheRowThatFillsThem() {
    assertThat(ESTIMATE.bytes()).isEqualTo(350_000);
    assertThat(ESTIMATE.rowsPerGroup()).isEqualTo(25);
    assertThat(ESTIMATE.rowGroups()).isEqualTo(4 + 4 + 4 + 2 + 1);
  }
}
