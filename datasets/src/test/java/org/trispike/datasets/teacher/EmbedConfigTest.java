package org.trispike.datasets.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.UserError;
import org.trispike.datasets.row.Precision;

final class EmbedConfigTest {
  private static EmbedConfig from(String... settings) {
    return EmbedConfig.from(
        ConfigFactory.parseString(String.join("\n", settings)).withFallback(ConfigFactory.load()));
  }

  @Test
  void theDefaultsHoldWhereNothingIsSet() {
    assertThat(from("run.dir = r"))
        .isEqualTo(
            new EmbedConfig(
                "r/dataset",
                "r/embedded",
                true,
                8 << 20,
                new TeacherConfig(
                    TeacherConfig.Kind.EMBEDDED,
                    Precision.FLOAT16,
                    "",
                    "",
                    new ImageTowerConfig(60, 64, 0.002, 20, 240, 5000, 1))));
  }

  @Test
  void everyKeyIsMapped() {
    assertThat(
            from(
                "run { dir = r, resume = never, seed = 3 }",
                "data.row-group-bytes = 77",
                "teacher { kind = precomputed, precision = float32, names = n, vectors = v }",
                "teacher.image { epochs = 2, batch-size = 4, learning-rate = 0.5 }",
                "teacher.image { logit-scale = 6, max-seconds = 7, max-shapes = 8 }"))
        .isEqualTo(
            new EmbedConfig(
                "r/dataset",
                "r/embedded",
                false,
                77,
                new TeacherConfig(
                    TeacherConfig.Kind.PRECOMPUTED,
                    Precision.FLOAT32,
                    "n",
                    "v",
                    new ImageTowerConfig(2, 4, 0.5, 6, 7, 8, 3))));
  }

  @Test
  void impossibleValuesAreNamed() {
    assertThatThrownBy(() -> from("teacher.names = n"))
        .isInstanceOf(UserError.class)
        .hasMessage("teacher.names and teacher.vectors go together, one of them is missing");
    assertThatThrownBy(() -> from("teacher.image.batch-size = 1"))
        .hasMessage("teacher.image.batch-size is at least 2, not 1");
    assertThatThrownBy(() -> from("teacher.kind = clip"))
        .hasMessageContaining("teacher.kind is one of embedded, precomputed");
  }
}
