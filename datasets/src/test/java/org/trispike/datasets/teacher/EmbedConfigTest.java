package org.trispike.datasets.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.UserError;
import org.trispike.datasets.row.Precision;
import org.trispike.datasets.teacher.onnx.ClipConfig;
import org.trispike.datasets.teacher.onnx.Execution;

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
                    new ImageTowerConfig(60, 64, 0.002, 20, 240, 5000, 1),
                    new ClipConfig("", "", "", "", 77, 1, 1, Execution.CPU))));
  }

  @Test
  void everyKeyIsMapped() {
    assertThat(
            from(
                "run { dir = r, resume = never, seed = 3 }",
                "data.row-group-bytes = 77",
                "teacher { kind = precomputed, precision = float32, names = n, vectors = v }",
                "teacher.image { epochs = 2, batch-size = 4, learning-rate = 0.5 }",
                "teacher.image { logit-scale = 6, max-seconds = 7, max-shapes = 8 }",
                "teacher.clip { image-model = i, text-model = t, tokenizer = k, preprocessor = p }",
                "teacher.clip { context-length = 9, batch-size = 10, threads = 11 }",
                "teacher.clip.execution = cuda"))
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
                    new ImageTowerConfig(2, 4, 0.5, 6, 7, 8, 3),
                    new ClipConfig("i", "t", "k", "p", 9, 10, 11, Execution.CUDA))));
  }

  @Test
  void impossibleValuesAreNamed() {
    assertThatThrownBy(() -> from("teacher.names = n"))
        .isInstanceOf(UserError.class)
        .hasMessage("teacher.names and teacher.vectors go together, one of them is missing");
    assertThatThrownBy(() -> from("teacher.image.batch-size = 1"))
        .hasMessage("teacher.image.batch-size is at least 2, not 1");
    assertThatThrownBy(() -> from("teacher.kind = clip"))
        .hasMessageContaining("teacher.kind is one of embedded, clip-onnx, precomputed");
    assertThatThrownBy(() -> from("teacher { kind = clip-onnx, clip.image-model = i }"))
        .hasMessage("teacher.clip.preprocessor is not set, which teacher.kind = clip-onnx needs");
    assertThatThrownBy(() -> from("teacher.clip.context-length = 1"))
        .hasMessage("teacher.clip.context-length is in 2..512, not 1");
    assertThatThrownBy(() -> from("teacher.clip.batch-size = 0"))
        .hasMessage("teacher.clip.batch-size is positive, not 0");
    assertThatThrownBy(() -> from("teacher.clip.threads = 0"))
        .hasMessage("teacher.clip.threads is positive, not 0");
    assertThatThrownBy(() -> from("teacher.clip.execution = gpu"))
        .hasMessageContaining("teacher.clip.execution is one of cpu, cuda");
  }
}
