package org.trispike.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.UserError;
import org.trispike.jobs.config.Settings;

final class RunFolderTest {
  @TempDir Path folder;

  @Test
  void refusesAnotherConfigurationForAStageThatWasBegun() throws IOException {
    claim("data.points=100");
    Files.createDirectories(folder.resolve("run/dataset"));
    byte[] written = Files.readAllBytes(folder.resolve("run/config.conf"));

    assertThatThrownBy(() -> claim("data.points=200"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("data.points = 100 there, 200 now")
        .hasMessageContaining("--set run.dir=DIR");

    try (Stream<Path> files = Files.list(folder.resolve("run"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("config.conf", "dataset");
    }
    assertThat(Files.readAllBytes(folder.resolve("run/config.conf"))).isEqualTo(written);
  }

  @Test
  void takesAnotherConfigurationForStagesToCome() throws IOException {
    claim("data.points=100");
    Files.createDirectories(folder.resolve("run/dataset"));

    claim("data.points=100", "teacher.precision=float32", "run.resume=never", "spark.ui=true");

    assertThat(Files.readString(folder.resolve("run/config.conf")))
        .contains("precision=float32")
        .contains("points=100");
  }

  @Test
  void settingsOfOtherVerbsDecideNothingInARun() throws IOException {
    claim("data.points=100");
    Files.createDirectories(folder.resolve("run/dataset"));

    claim("data.points=100", "ablate.epochs=3", "bank.queries=7");
  }

  @Test
  void tellsWhereAStageStands() throws IOException {
    RunFolder run = RunFolder.of(new Configuration(), settings());
    assertThat(run.state(Stage.SHARD)).isEqualTo("to do");

    Files.createDirectories(folder.resolve("run/dataset"));
    assertThat(run.state(Stage.SHARD)).isEqualTo("begun");

    Files.createFile(folder.resolve("run/dataset/dataset.json"));
    assertThat(run.state(Stage.SHARD)).isEqualTo("finished");
  }

  private void claim(String... sets) {
    Settings settings = settings(sets);
    RunFolder.of(new Configuration(), settings).claim(settings);
  }

  private Settings settings(String... sets) {
    List<String> all = new ArrayList<>(List.of(sets));
    all.add("run.dir=" + folder.resolve("run"));
    return Settings.resolve(Optional.empty(), all);
  }
}
