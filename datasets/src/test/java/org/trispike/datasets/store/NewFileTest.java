package org.trispike.datasets.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On local files; {@code BucketFaultsIT} of the jobs does the same on a bucket. */
final class NewFileTest {
  @TempDir private Path folder;
  private ArtefactFolder artefact;

  @BeforeEach
  void open() {
    artefact = ArtefactFolder.of(new Configuration(), folder.toString(), "MANIFEST.json");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsClosedUncommittedLeavesNothing() throws IOException {
    Files.createDirectories(folder.resolve("a"));
    Files.writeString(folder.resolve("a/b"), "old");
    try (NewFile file = artefact.create("a/b")) {
      file.stream().write(bytes("half"));
      file.stream().close();
    }
    assertThat(folder.resolve("a/b")).hasContent("old");
    assertThat(folder.resolve("_tmp")).isEmptyDirectory();
  }

  @Test
  void whatIsCommittedTakesThePlaceOfWhatWasThere() throws IOException {
    artefact.write("a/b", bytes("old"));
    try (NewFile file = artefact.create("a/b")) {
      file.stream().write(bytes("new"));
      assertThat(folder.resolve("a/b")).hasContent("old");
      file.commit();
    }
    assertThat(folder.resolve("a/b")).hasContent("new");
  }

  @Test
  void attemptsOfATaskDoNotMeet() throws IOException {
    TaskOutput tasks = artefact.openTasks();
    try (NewFile one = tasks.create(artefact, "shard", 1);
        NewFile other = tasks.create(artefact, "shard", 2)) {
      one.stream().write(bytes("one"));
      other.stream().write(bytes("other"));
      other.commit();
    }
    assertThat(folder.resolve("shard")).hasContent("other");
    artefact.publish(bytes("{}"));
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("MANIFEST.json", "shard");
  }
}
