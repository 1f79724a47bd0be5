package org.trispike.datasets.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.GivenLimits;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.geometry.UpAxis;
import org.trispike.datasets.row.PointLayout;
import org.trispike.datasets.source.Layout;

final class ShardConfigTest {
  private static ShardConfig from(String... settings) {
    return ShardConfig.from(
        ConfigFactory.parseString(String.join("\n", settings)).withFallback(ConfigFactory.load()));
  }

  @Test
  void theDefaultsHoldWhereNothingIsSet() {
    assertThat(from("run.dir = r", "data.triplets = some/list.csv"))
        .isEqualTo(
            new ShardConfig(
                Layout.LIST,
                "some/list.csv",
                "some",
                "r/dataset",
                true,
                10_000,
                UpAxis.AUTO,
                PointLayout.QUANTISED,
                12,
                224,
                250_000,
                0.1,
                1,
                OnBadRow.QUARANTINE,
                0.01,
                128,
                8 << 20,
                Limits.defaults()));
    assertThat(from("data.triplets = list.csv").root()).isEqualTo(".");
  }

  @Test
  void everyKeyIsMapped() {
    assertThat(
            from(
                "run { dir = r, resume = never }",
                "data { layout = folders, triplets = a.csv, root = elsewhere, points = 5, up-axis = z }",
                "data { point-layout = float32, views = 3, view-size = 16, seed = 9 }",
                "data.event-window-micros = 50",
                "data { validation-fraction = 0.25, on-bad-row = fail, max-bad-ratio = 0.5 }",
                "data { shard-rows = 7, row-group-bytes = 8, limits.vertices = 4 }"))
        .isEqualTo(
            new ShardConfig(
                Layout.FOLDERS,
                "a.csv",
                "elsewhere",
                "r/dataset",
                false,
                5,
                UpAxis.Z,
                PointLayout.FLOAT32,
                3,
                16,
                50,
                0.25,
                9,
                OnBadRow.FAIL,
                0.5,
                7,
                8,
                GivenLimits.of("vertices = 4")));
  }

  @Test
  void impossibleValuesAreNamed() {
    assertThatThrownBy(() -> from())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("data.triplets is not set");
    assertThatThrownBy(() -> from("data { triplets = a.csv, points = 0 }"))
        .hasMessage("data.points is positive, not 0");
    assertThatThrownBy(() -> from("data { triplets = a.csv, max-bad-ratio = 2 }"))
        .hasMessage("data.max-bad-ratio is between 0 and 1, not 2.0");
    assertThatThrownBy(() -> from("data { triplets = a.csv, validation-fraction = 1 }"))
        .hasMessage("data.validation-fraction is at least 0 and below 1, not 1.0");
    assertThatThrownBy(() -> from("data { triplets = a.csv, up-axis = w }"))
        .hasMessageContaining("data.up-axis is one of auto, y, z");
  }
}
