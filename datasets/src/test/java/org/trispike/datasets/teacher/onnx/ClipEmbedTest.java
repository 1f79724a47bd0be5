package org.trispike.datasets.teacher.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.Progress;
import org.trispike.datasets.row.Column;
import org.trispike.datasets.row.Triplet;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.datasets.shard.ShardAction;
import org.trispike.datasets.shard.ShardConfig;
import org.trispike.datasets.shard.ShardInfo;
import org.trispike.datasets.shard.ShardReader;
import org.trispike.datasets.teacher.EmbedAction;
import org.trispike.datasets.teacher.EmbedConfig;
import org.trispike.datasets.teacher.EmbedResult;

/** From shapes to the vectors of two ONNX towers. */
final class ClipEmbedTest {
  private static final int SHAPES = 21;

  @TempDir private static Path folder;
  private static SparkSession spark;
  private static TinyTowers towers;

  @BeforeAll
  static void begin() throws IOException {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("clip")
            .config("spark.ui.enabled", false)
            .getOrCreate();
    towers = new TinyTowers(folder);
    StringBuilder list = new StringBuilder("shape,text,category\n");
    for (int i = 0; i < SHAPES; i++) {
      String faces = "\n3 0 2 1\n3 0 1 3\n3 1 2 3\n3 0 3 2\n";
      Files.writeString(
          folder.resolve("s" + i + ".off"),
          "OFF\n4 4 0\n0 0 0\n1 0 0\n0 1 0\n0 0 " + (1 + i % 5) + faces);
      list.append("s%d.off,%s,%s\n".formatted(i, "a long ".repeat(i % 4) + "box", "flat_box"));
    }
    Files.writeString(folder.resolve("list.csv"), list);
  }

  @AfterAll
  static void end() {
    spark.stop();
  }

  private static SortedMap<String, Triplet> embed(String run, int shardRows, int batch) {
    Config config =
        ConfigFactory.parseString(
                """
                run.dir = "%s"
                data { triplets = "%s", points = 20, views = 2, view-size = 16, shard-rows = %d }
                teacher.clip.batch-size = %d
                """
                    .formatted(folder.resolve(run), folder.resolve("list.csv"), shardRows, batch))
            .withFallback(ConfigFactory.parseString(towers.settings()))
            .withFallback(ConfigFactory.load())
            .resolve();
    var unused = new ShardAction(spark, ShardConfig.from(config), Progress.silent()).run();
    EmbedResult result = new EmbedAction(spark, EmbedConfig.from(config), Progress.silent()).run();
    assertThat(result.manifest().teacher().orElseThrow().kind()).isEqualTo("clip-onnx");
    SortedMap<String, Triplet> rows = new TreeMap<>();
    Configuration conf = new Configuration();
    for (ShardInfo shard : result.manifest().shards()) {
      try (ShardReader<Triplet> reader =
          ShardReader.open(conf, DatasetManifest.path(result.directory(), shard), Column.all())) {
        reader.forEach(row -> rows.put(row.id(), row));
      }
    }
    return rows;
  }

  @Test
  void vectorsAreThoseOfPlainLoopsInWhateverShardsAndBatches() throws IOException {
    SortedMap<String, Triplet> rows = embed("a", 4, 1);
    assertThat(rows).hasSize(SHAPES);
    for (Triplet row : rows.values()) {
      assertThat(row.texts()).hasSize(2);
      for (int i = 0; i < 2; i++) {
        close(row.textEmbeddings().get(i), TinyTowers.text(row.texts().get(i).text()));
        close(row.imageEmbeddings().get(i), TinyTowers.picture(row.images().get(i).bytes()));
      }
    }
    SortedMap<String, Triplet> others = embed("b", 100, 1);
    SortedMap<String, Triplet> batches = embed("c", 7, 5);
    rows.forEach(
        (id, row) -> {
          for (int i = 0; i < 2; i++) {
            float[] text = row.textEmbeddings().get(i);
            float[] image = row.imageEmbeddings().get(i);
            assertThat(others.get(id).textEmbeddings().get(i)).isEqualTo(text);
            assertThat(others.get(id).imageEmbeddings().get(i)).isEqualTo(image);
            Triplet batched = batches.get(id);
            assertThat(batched.textEmbeddings().get(i)).containsExactly(text, within(1e-6f));
            assertThat(batched.imageEmbeddings().get(i)).containsExactly(image, within(1e-6f));
          }
        });
  }

  private static void close(float[] vector, double[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) vector[i]).isCloseTo(expected[i], within(1e-5));
    }
  }
}
