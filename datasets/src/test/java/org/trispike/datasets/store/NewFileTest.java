package org.trispike.datasets.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
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
  void aFileSystemThatRefusesToReplaceIsToldToDoSo() throws IOException {
    replaces(new RefusingFileSystem());
  }

  @Test
  void whereNobodyCanBeToldTheOldFileIsDeletedFirst() throws IOException {
    replaces(new UnknownFileSystem());
  }

  private void replaces(FileSystem files) throws IOException {
    files.initialize(files.getUri(), new Configuration());
    for (String content : List.of("old", "new")) {
      NewFile.write(files, new org.apache.hadoop.fs.Path(folder + "/b"), bytes(content));
      assertThat(folder.resolve("b")).hasContent(content);
    }
    assertThat(folder.toFile().list()).containsExactly("b");
  }

  @Test
  void theOldFileIsThereUntilTheNewOneIs() throws IOException {
    RefusingFileSystem files = new RefusingFileSystem();
    files.initialize(files.getUri(), new Configuration());
    org.apache.hadoop.fs.Path target = new org.apache.hadoop.fs.Path(folder + "/b");
    NewFile.write(files, target, bytes("old"));
    files.broken = true;
    assertThatThrownBy(() -> NewFile.write(files, target, bytes("new"))).hasMessage("broken");
    assertThat(folder.resolve("b")).hasContent("old");
  }

  /** Renames over no file, as HDFS does. */
  private static class RefusingFileSystem extends RawLocalFileSystem {
    private boolean broken;

    @Override
    public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
        throws IOException {
      if (broken) {
        throw new IOException("broken");
      }
      return !exists(to) && super.rename(from, to);
    }
  }

  private static final class UnknownFileSystem extends RefusingFileSystem {
    private static final URI NAME = URI.create("unknown:///");

    @Override
    public URI getUri() {
      return NAME;
    }
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
