package org.trispike.datasets.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.Progress;
import org.trispike.datasets.Split;
import org.trispike.datasets.UserError;
import org.trispike.datasets.row.Column;
import org.trispike.datasets.row.Triplet;
import org.trispike.datasets.source.BadRow;
import org.trispike.kernels.io.Sha256;

final class ShardActionTest {
  private static final int SHAPES = 60;
  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void begin() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("shard")
            .config("spark.ui.enabled", false)
            .getOrCreate();
  }

  @AfterAll
  static void end() {
    spark.stop();
  }

  @BeforeEach
  void writeShapes() throws IOException {
    StringBuilder list = new StringBuilder("shape,text,category,split\n");
    for (int i = 0; i < SHAPES; i++) {
      Files.writeString(folder.resolve("s" + i + ".off"), tetrahedron(1 + i % 5));
      list.append("s%d.off,solid %d,%s,%s\n".formatted(i, i, "kind_" + i % 3, i < 4 ? "test" : ""));
    }
    Files.writeString(folder.resolve("list.csv"), list);
  }

  private static String tetrahedron(int height) {
    return "OFF\n4 4 0\n0 0 0\n1 0 0\n0 1 0\n0 0 "
        + height
        + "\n3 0 2 1\n3 0 1 3\n3 1 2 3\n3 0 3 2\n";
  }

  private ShardResult run(String output, String... others) {
    return action(output, others).run();
  }

  private ShardAction action(String output, String... others) {
    return new ShardAction(spark, config(output, others), Progress.silent());
  }

  private ShardConfig config(String output, String... others) {
    Config config =
        ConfigFactory.parseString(String.join("\n", others))
            .withFallback(
                ConfigFactory.parseString(
                    """
                    run.dir = "%s"
                    data { triplets = "%s", points = 50, views = 2, view-size = 24 }
                    data { shard-rows = 8, validation-fraction = 0.2 }
                    """
                        .formatted(folder.resolve(output), folder.resolve("list.csv"))))
            .withFallback(ConfigFactory.load())
            .resolve();
    return ShardConfig.from(config);
  }

  /** The SHA-256 of each file of a dataset. */
  private Map<String, String> hashes(String output) throws IOException {
    Path root = folder.resolve(output).resolve("dataset");
    Map<String, String> hashes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        hashes.put(root.relativize(file).toString(), Sha256.of(Files.readAllBytes(file)));
      }
    }
    return hashes;
  }

  @Test
  void theSameInputGivesTheSameBytes() throws IOException {
    DatasetManifest manifest = run("a").manifest();
    run("b");
    assertThat(hashes("b")).isEqualTo(hashes("a")).hasSizeGreaterThan(5);
    assertThat(manifest.rows()).isEqualTo(SHAPES);
    assertThat(manifest.rows(Split.TEST)).isEqualTo(4);
    assertThat(manifest.rows(Split.VALIDATION)).isBetween(3L, 20L);
    assertThat(manifest.categories()).containsEntry("kind_0", 20L).hasSize(3);
    manifest.verify(new Configuration(), folder.resolve("a/dataset").toString());
    for (ShardInfo shard : manifest.shards()) {
      assertThat(shard.rows()).isBetween(1L, 8L);
    }
  }

  @Test
  void rowsKeepTheirSplitWhenOthersGo() throws IOException {
    Map<String, Split> before = splits(run("a").manifest(), "a");
    List<String> lines = Files.readAllLines(folder.resolve("list.csv"));
    lines.subList(10, 20).clear();
    Files.write(folder.resolve("list.csv"), lines);
    Map<String, Split> after = splits(run("b").manifest(), "b");
    assertThat(after).hasSize(SHAPES - 10);
    assertThat(before).containsAllEntriesOf(after);
  }

  private Map<String, Split> splits(DatasetManifest manifest, String output) {
    Map<String, Split> splits = new TreeMap<>();
    for (ShardInfo shard : manifest.shards()) {
      org.apache.hadoop.fs.Path path =
          DatasetManifest.path(folder.resolve(output).resolve("dataset").toString(), shard);
      try (ShardReader<Triplet> reader =
          ShardReader.open(new Configuration(), path, Column.all())) {
        for (Triplet row : reader) {
          assertThat(row.points().points()).isEqualTo(50);
          assertThat(row.images()).hasSize(2);
          splits.put(row.id(), row.split());
        }
      }
    }
    return splits;
  }

  @Test
  void anEstimateIsWhatTheRunThenMakes() {
    ShardConfig config = config("a", "data.row-group-bytes = 12000");
    Configuration hadoop = new Configuration();
    ShardEstimate estimate = ShardProbe.estimate(hadoop, config, config.collection().read(hadoop));
    assertThat(folder.resolve("a")).doesNotExist();
    DatasetManifest manifest = run("a", "data.row-group-bytes = 12000").manifest();
    assertThat(estimate.shards()).isEqualTo(manifest.shards().size());
    assertThat(estimate.sampled()).isEqualTo(32);
    assertThat(estimate.bad()).isZero();
    // Footers weigh more in small shards than in the one of the estimate.
    assertThat((double) manifest.bytes()).isBetween(1.0 * estimate.bytes(), 2.5 * estimate.bytes());
    long groups = manifest.shards().stream().mapToLong(shard -> shard.rowGroups().size()).sum();
    assertThat(estimate.rowGroups()).isBetween(groups - 8, groups + 8);
  }

  @Test
  void anEstimateSaysWhatCannotBeRead() throws IOException {
    for (int i = 0; i < SHAPES; i++) {
      Files.writeString(folder.resolve("s" + i + ".off"), "nothing");
    }
    ShardConfig config = config("a");
    Configuration hadoop = new Configuration();
    ShardEstimate estimate = ShardProbe.estimate(hadoop, config, config.collection().read(hadoop));
    assertThat(estimate.bad()).isEqualTo(32);
    assertThat(estimate.fault()).contains(".off: ");
    assertThat(estimate.bytes()).isZero();
    assertThat(estimate.rowGroups()).isZero();
  }

  @Test
  void whatCannotBeReadIsListedAndLeftOut() throws IOException {
    Files.writeString(folder.resolve("s5.off"), "OFF\n3 1 0\n0 0 0\n1 0 0\n0 1 0\n3 0 1 9\n");
    Files.writeString(folder.resolve("s6.off"), "OFF\n3 1 0\n0 0 0\n1 0 nan\n0 1 0\n3 0 1 2\n");
    Files.delete(folder.resolve("s7.off"));
    DatasetManifest manifest = run("a", "data.max-bad-ratio = 0.1").manifest();
    assertThat(manifest.rows()).isEqualTo(SHAPES - 3);
    assertThat(manifest.quarantine())
        .containsEntry("INDEX_OUT_OF_RANGE", 1L)
        .containsEntry("NOT_FINITE", 1L)
        .containsEntry("MISSING", 1L);
    List<BadRow> bad = Quarantine.read(new Configuration(), folder.resolve("a/dataset").toString());
    assertThat(bad).extracting(BadRow::file).containsExactly("s5.off", "s6.off", "s7.off");
    assertThat(bad).extracting(BadRow::line).containsExactly(7L, 8L, 9L);
  }

  @Test
  void tooManyBadRowsLeaveTheirTableAndNothingElse() throws IOException {
    Files.writeString(folder.resolve("s5.off"), "nothing");
    UserError error = catchThrowableOfType(UserError.class, () -> run("a"));
    assertThat(error.kind()).isEqualTo(UserError.Kind.DATA);
    assertThat(error).hasMessageContaining("above data.max-bad-ratio = 0.01");
    assertThat(error).hasMessageContaining("s5.off");
    assertThat(hashes("a")).containsOnlyKeys("quarantine/quarantine.parquet");
    // Put right, the same command goes through.
    Files.writeString(folder.resolve("s5.off"), tetrahedron(1));
    assertThat(run("a").manifest().rows()).isEqualTo(SHAPES);
  }

  @Test
  void oneBadRowEndsTheStageWhereThatIsAskedFor() throws IOException {
    Files.delete(folder.resolve("s7.off"));
    assertThatThrownBy(() -> run("a", "data.on-bad-row = fail"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("line 9")
        .hasMessageContaining("MISSING");
    assertThat(hashes("a")).doesNotContainKey("dataset.json");
  }

  @Test
  void takesFinishedWorkAsItIsAndRefusesOther() throws IOException {
    run("a");
    Map<String, String> before = hashes("a");
    assertThat(run("a").manifest().rows()).isEqualTo(SHAPES);
    assertThatThrownBy(() -> run("a", "data.points = 51"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("already holds a finished result of another");
    assertThatThrownBy(() -> run("a", "run.resume = never")).isInstanceOf(UserError.class);
    assertThat(hashes("a")).isEqualTo(before);
  }

  @Test
  void aFlippedBitInAShardIsFoundWhenItIsRead() throws IOException {
    DatasetManifest manifest = run("a").manifest();
    ShardInfo shard = manifest.shards().get(0);
    Path file = folder.resolve("a/dataset").resolve(shard.path());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 3] ^= 4;
    Files.write(file, bytes);
    List<Triplet> rows = new ArrayList<>();
    assertThatThrownBy(
            () -> {
              try (ShardReader<Triplet> reader =
                  ShardReader.open(
                      new Configuration(),
                      new org.apache.hadoop.fs.Path(file.toString()),
                      Column.all())) {
                reader.forEach(rows::add);
              }
            })
        .isInstanceOf(UserError.class)
        .hasMessageContaining(file.getFileName().toString());
  }
}
