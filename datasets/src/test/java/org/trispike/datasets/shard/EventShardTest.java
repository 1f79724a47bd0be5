package org.trispike.datasets.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.Split;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.SharedData;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.event.EventReader;
import org.trispike.datasets.format.event.Events;
import org.trispike.datasets.row.Recording;
import org.trispike.datasets.row.RowKind;
import org.trispike.datasets.row.SourceFile;

/** Recordings of event cameras, from disk to shards. */
final class EventShardTest {
  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void begin() {
    spark = ShardRun.session();
  }

  @AfterAll
  static void end() {
    spark.stop();
  }

  private ShardRun run() {
    return new ShardRun(spark, folder);
  }

  /** An N-MNIST file with events at (i, 2) of 100 · i microseconds. */
  private void recording(String path, int events) throws IOException {
    byte[] bytes = new byte[5 * events];
    for (int i = 0; i < events; i++) {
      int word = (i % 2) << 23 | 100 * i;
      bytes[5 * i] = (byte) (i % 34);
      bytes[5 * i + 1] = 2;
      bytes[5 * i + 2] = (byte) (word >> 16);
      bytes[5 * i + 3] = (byte) (word >> 8);
      bytes[5 * i + 4] = (byte) word;
    }
    Path file = run().in().resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  @Test
  void foldersTellDigitsAndSplits() throws IOException {
    recording("Train/3/00001.bin", 5);
    recording("Train/7/00002.bin", 6);
    recording("Test/7/00003.bin", 7);
    DatasetManifest manifest = run().shard("data.layout = nmnist", "data.validation-fraction = 0");
    assertThat(manifest.kind()).isEqualTo(RowKind.RECORDING);
    assertThat(manifest.rows(Split.TRAIN)).isEqualTo(2);
    assertThat(manifest.categories()).containsEntry("3", 1L).containsEntry("7", 2L);
    Recording test =
        run().rows(manifest, RowKind.RECORDING).stream()
            .filter(row -> row.split() == Split.TEST)
            .findFirst()
            .orElseThrow();
    assertThat(test.id()).isEqualTo("Test/7/00003.bin");
    assertThat(test.category()).isEqualTo("7");
    assertThat(test.width()).isEqualTo(34);
    assertThat(test.events().micros()).containsExactly(0, 100, 200, 300, 400, 500, 600);
    assertThat(test.events().polarity()).containsExactly(0, 1, 0, 1, 0, 1, 0);
    assertThat(test.files()).hasSize(1);
    assertThat(run().verify().findings()).isEmpty();
    assertThat(run().verify().counts()).containsEntry("events", 18L);
  }

  @Test
  void listsTellClassesOfNumberedFilesAndMissingOnesAreQuarantined() throws IOException {
    recording("1.bin", 5);
    recording("60001.bin", 5);
    Files.writeString(run().in().resolve("train1K.txt"), "#sample #class\n1\t5\n2\t0\nthree\n");
    Files.writeString(run().in().resolve("test100.txt"), "#sample #class\n60001\t7\n");
    DatasetManifest manifest = run().shard("data.layout = nmnist", "data.max-bad-ratio = 0.6");
    assertThat(manifest.quarantine()).containsEntry("MISSING", 1L).containsEntry("BAD_ROW", 1L);
    assertThat(manifest.categories()).containsOnlyKeys("5", "7");
    assertThat(manifest.rows(Split.TEST)).isEqualTo(1);
  }

  @Test
  void recordingsWithoutEventsAreQuarantined() throws IOException {
    recording("cars/a.bin", 3);
    recording("cars/b.bin", 0);
    DatasetManifest manifest = run().shard("data.layout = events", "data.max-bad-ratio = 0.5");
    assertThat(manifest.rows()).isEqualTo(1);
    assertThat(manifest.quarantine()).containsEntry("EMPTY", 1L);
  }

  @Test
  void momentsWithBoxesGetTheEventsBeforeThem() throws IOException {
    Path train = run().in().resolve("train");
    Files.createDirectories(train);
    copy("/events/boxes_td.dat", train.resolve("a_td.dat"));
    copy("/events/boxes_bbox.npy", train.resolve("a_bbox.npy"));
    DatasetManifest manifest =
        run().shard("data { layout = gen1, event-window-micros = 250, validation-fraction = 0 }");
    List<Recording> rows =
        run().rows(manifest, RowKind.RECORDING).stream()
            .sorted(Comparator.comparing(Recording::id))
            .toList();
    assertThat(rows.stream().map(Recording::id))
        .containsExactly("train/a_td.dat#1000", "train/a_td.dat#600");
    assertThat(rows.get(0).events().micros()).containsExactly(800, 900);
    assertThat(rows.get(1).events().micros()).containsExactly(400, 500);
    assertThat(rows.get(0).boxes()).hasSize(1);
    assertThat(rows.get(1).boxes()).hasSize(2);
    assertThat(rows.get(1).boxes().get(1).box().category()).isEqualTo("pedestrian");
    assertThat(rows.get(0).files().stream().map(SourceFile::path))
        .containsExactly("train/a_td.dat");
  }

  private static void copy(String resource, Path file) throws IOException {
    try (InputStream in = EventShardTest.class.getResourceAsStream(resource)) {
      Files.copy(Objects.requireNonNull(in, resource), file);
    }
  }

  @Test
  void gesturesAreTheSpansOfTheirLabels() throws IOException {
    copy("/events/gestures.aedat", file("user01_led.aedat"));
    Files.writeString(
        run().in().resolve("user01_led_labels.csv"),
        "class,startTime_usec,endTime_usec\n1,200,500\n2,500,900\n");
    Files.writeString(run().in().resolve("gesture_mapping.csv"), "action,label\nclap,1\nwave,2\n");
    Files.writeString(run().in().resolve("trials_to_test.txt"), "user01_led.aedat\n");
    DatasetManifest manifest = run().shard("data.layout = dvsgesture");
    List<Recording> rows =
        run().rows(manifest, RowKind.RECORDING).stream()
            .sorted(Comparator.comparing(Recording::id))
            .toList();
    assertThat(rows.stream().map(Recording::category)).containsExactly("clap", "wave");
    assertThat(rows.get(0).split()).isEqualTo(Split.TEST);
    assertThat(rows.get(0).events().micros()).containsExactly(200, 300, 400);
    assertThat(rows.get(1).events().micros()).containsExactly(500, 600, 700, 800);
  }

  private Path file(String name) throws IOException {
    Files.createDirectories(run().in());
    return run().in().resolve(name);
  }

  @Test
  void stagesThatTakeShapesSayWhatADatasetHoldsInstead() throws IOException {
    recording("cars/a.bin", 3);
    run().shard("data.layout = events");
    String dataset = folder.resolve("run/dataset").toString();
    assertThatThrownBy(() -> DatasetManifest.readTriplets(new Configuration(), dataset))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("holds recordings, and this stage takes shapes");
  }

  @Test
  void realDigitsComeBackEventForEvent() {
    Path digits = SharedData.folder("events/nmnist_small");
    DatasetManifest manifest =
        run().shard(digits, "data.layout = nmnist", "data.max-bad-ratio = 0.6");
    assertThat(manifest.rows()).isEqualTo(570);
    List<Recording> rows = run().rows(manifest, RowKind.RECORDING);
    rows.stream()
        .sorted(Comparator.comparing(Recording::id))
        .limit(20)
        .forEach(
            row -> {
              Events expected = read(digits.resolve(row.source()));
              assertThat(row.events().micros()).isEqualTo(expected.micros());
              assertThat(row.events().x()).isEqualTo(expected.x());
              assertThat(row.events().polarity()).isEqualTo(expected.polarity());
            });
  }

  private static Events read(Path file) {
    try {
      return EventReader.read(Source.local(file, Limits.defaults()));
    } catch (CorruptInputException e) {
      throw new AssertionError(e);
    }
  }
}
