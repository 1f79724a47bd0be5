package org.trispike.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The presets in conf/: a key that no module knows, or a value of another kind, is an error. */
final class PresetsTest {
  private static final Path CONF = Path.of("../conf");

  @Test
  void eachResolvesByItself() throws IOException {
    try (Stream<Path> files = Files.list(CONF)) {
      List<Path> presets = files.filter(file -> file.toString().endsWith(".conf")).toList();
      presets = presets.stream().filter(PresetsTest::ours).toList();
      assertThat(presets).hasSizeGreaterThanOrEqualTo(3);
      for (Path preset : presets) {
        Settings settings = Settings.resolve(Optional.of(preset), List.of());
        assertThat(settings.config().getString("run.dir")).as(preset.toString()).startsWith("runs");
      }
    }
  }

  private static boolean ours(Path file) {
    return !file.endsWith("spark-defaults.conf");
  }

  @Test
  void theOneForClipHasWhatThatOfShapesHas() {
    Settings settings = Settings.resolve(Optional.of(CONF.resolve("clip.conf")), List.of());

    assertThat(settings.config().getString("teacher.kind")).isEqualTo("clip-onnx");
    assertThat(settings.config().getString("teacher.clip.tokenizer")).endsWith("tokenizer.json");
    assertThat(settings.config().getInt("pretrain.epochs")).isEqualTo(250);
    assertThat(settings.config().getStringList("reparameterize.templates")).hasSize(8);
  }
}
