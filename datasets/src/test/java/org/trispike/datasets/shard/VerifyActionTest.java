package org.trispike.datasets.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.Progress;
import org.trispike.datasets.UserError;
import org.trispike.datasets.row.Column;
import org.trispike.datasets.row.Triplet;
import org.trispike.kernels.KeyedRandom;

final class VerifyActionTest {
  private static SparkSession spark;

  @TempDir private Path folder;
  private String dataset;
  private DatasetManifest manifest;

  @BeforeAll
  static void begin() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("verify")
            .config("spark.ui.enabled", false)
            .getOrCreate();
  }

  @AfterAll
  static void end() {
    spark.stop();
  }

  @BeforeEach
  void makeDataset() throws IOException {
    StringBuilder list = new StringBuilder("shape,text,split\n");
    for (int i = 0; i < 12; i++) {
      // The tenth and the last are one shape under two names, to train on and to validate.
      shape(i, i == 11 ? 9 : i);
      list.append("s%d.off,text %d,%s\n".formatted(i, i, i > 8 ? i > 10 ? "validation" : "" : ""));
    }
    Files.writeString(folder.resolve("list.csv"), list);
    shard("validation-fraction = 0");
  }

  private void shape(int name, int height) throws IOException {
    Files.writeString(
        folder.resolve("s" + name + ".off"),
        "OFF\n4 4 0\n0 0 0\n1 0 0\n0 1 0\n0 0 "
            + (height + 1)
            + "\n3 0 2 1\n3 0 1 3\n3 1 2 3\n3 0 3 2\n");
  }

  private void shard(String setting) {
    dataset = folder.resolve("run/dataset").toString();
    ShardConfig config =
        ShardConfig.from(
            ConfigFactory.parseString(
                    "run.dir = \"%s\", data { triplets = \"%s\", points = 20, views = 1, %s }"
                        .formatted(folder.resolve("run"), folder.resolve("list.csv"), setting))
                .withFallback(ConfigFactory.parseString("data { view-size = 16, shard-rows = 5 }"))
                .withFallback(ConfigFactory.load())
                .resolve());
    manifest = new ShardAction(spark, config, Progress.silent()).run().manifest();
  }

  private VerifyResult verify() {
    return new VerifyAction(spark, dataset, Progress.silent()).run();
  }

  @Test
  void countsWhatItReadsAndFindsTheShapeOfTwoSplits() {
    VerifyResult result = verify();
    assertThat(result.counts())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("points", 12 * 20L, "pictures", 12L, "texts", 12L, "vectors", 0L));
    assertThat(result.findings())
        .containsExactly(
            "These shapes of different splits are the same: 's9.off' (train) and 's11.off'"
                + " (validation)");
  }

  @Test
  void aSoundDatasetHasNoFinding() throws IOException {
    shape(11, 11);
    deleteRun();
    shard("validation-fraction = 0");
    assertThat(verify().findings()).isEmpty();
    assertThat(verify().sentence()).contains(": sound; 12 shapes in 4 shards");
  }

  private void deleteRun() throws IOException {
    try (var files = Files.walk(folder.resolve("run"))) {
      for (Path path : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Test
  void anyFlippedBitIsFoundAndItsShardNamed() throws IOException {
    KeyedRandom random = KeyedRandom.of(6);
    VerifyTask task = new VerifyTask(dataset, manifest, new Configuration());
    ShardInfo shard = manifest.shards().get(1);
    Path file = Path.of(dataset).resolve(shard.path());
    byte[] bytes = Files.readAllBytes(file);
    assertThat(task.call(shard).fault()).isEmpty();
    for (int i = 0; i < 500; i++) {
      int bit = random.nextInt(8 * bytes.length);
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, bytes);
      assertThat(task.call(shard).fault())
          .startsWith("CORRUPT_SHARD")
          .contains(file.getFileName().toString());
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }

  /** What guards those who read without hashing first: pages have a CRC, the footer has none. */
  @Test
  void aFlippedBitOfAPageOrTheFooterNeverGivesRowsOtherThanThoseWritten() throws IOException {
    KeyedRandom random = KeyedRandom.of(7);
    ShardInfo shard = manifest.shards().get(1);
    Path file = Path.of(dataset).resolve(shard.path());
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file.toString());
    byte[] bytes = Files.readAllBytes(file);
    List<String> ids = ids(path);
    int found = 0;
    for (int i = 0; i < 400; i++) {
      int bit = random.nextInt(8 * bytes.length);
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, bytes);
      try {
        assertThat(ids(path)).isEqualTo(ids);
      } catch (UserError e) {
        assertThat(e).hasMessageContaining(file.getFileName().toString());
        found++;
      }
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }
    assertThat(found).isGreaterThan(200);
  }

  private static List<String> ids(org.apache.hadoop.fs.Path path) {
    List<String> ids = new java.util.ArrayList<>();
    try (ShardReader<Triplet> reader = ShardReader.open(new Configuration(), path, Column.all())) {
      reader.forEach(row -> ids.add(row.id() + row.texts() + row.points().xyz()[5]));
    }
    return ids;
  }

  @Test
  void aMissingShardAndAnotherManifestAreFound() throws IOException {
    Files.delete(Path.of(dataset).resolve(manifest.shards().get(0).path()));
    assertThat(verify().findings().get(0)).contains(manifest.shards().get(0).path());
    ShardInfo second = manifest.shards().get(1);
    int rows = (int) second.rows();
    ShardInfo lying =
        new ShardInfo(
            second.path(),
            second.split(),
            rows,
            second.bytes(),
            second.sha256(),
            List.of(rows - 1, 1));
    VerifyTask task = new VerifyTask(dataset, manifest, new Configuration());
    assertThat(task.call(lying).fault())
        .isEqualTo(
            "%s: its row groups are [%d], the manifest's [%d, 1]"
                .formatted(second.path(), rows, rows - 1));
  }

  @Test
  void aFolderWithoutADatasetIsRefused() {
    VerifyAction action =
        new VerifyAction(spark, folder.resolve("nothing").toString(), Progress.silent());
    assertThatThrownBy(action::run)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("holds no finished dataset");
  }
}
