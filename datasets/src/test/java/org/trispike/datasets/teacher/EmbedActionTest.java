package org.trispike.datasets.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.Progress;
import org.trispike.datasets.UserError;
import org.trispike.datasets.row.Column;
import org.trispike.datasets.row.Triplet;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.datasets.shard.ShardAction;
import org.trispike.datasets.shard.ShardConfig;
import org.trispike.datasets.shard.ShardInfo;
import org.trispike.datasets.shard.ShardReader;

/** The embedded teacher from shapes to vectors: text encoder, tuned image tower, and all. */
final class EmbedActionTest {
  private static final int SHAPES = 24;
  private static SparkSession spark;
  private static EmbedResult result;

  @TempDir private static Path folder;

  @BeforeAll
  static void begin() throws IOException {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("embed")
            .config("spark.ui.enabled", false)
            .getOrCreate();
    StringBuilder list = new StringBuilder("shape,text,category,split\n");
    for (int i = 0; i < SHAPES; i++) {
      int height = 1 + i % 3;
      Files.writeString(
          folder.resolve("s" + i + ".off"),
          "OFF\n4 4 0\n0 0 0\n1 0 0\n0 1 0\n0 0 "
              + height
              + "\n3 0 2 1\n3 0 1 3\n3 1 2 3\n3 0 3 2\n");
      list.append(
          "s%d.off,a tip of height %d,%s,%s\n"
              .formatted(i, height, i % 2 == 0 ? "spike" : "", i < 6 ? "validation" : "train"));
    }
    Files.writeString(folder.resolve("list.csv"), list);
    result = embed("a", 5);
  }

  @AfterAll
  static void end() {
    spark.stop();
  }

  private static Config config(String run, int shardRows, String... others) {
    return ConfigFactory.parseString(String.join("\n", others))
        .withFallback(
            ConfigFactory.parseString(
                """
                run.dir = "%s"
                data { triplets = "%s", points = 20, views = 2, view-size = 32, shard-rows = %d }
                teacher { precision = float32, image { epochs = 2, batch-size = 8 } }
                """
                    .formatted(folder.resolve(run), folder.resolve("list.csv"), shardRows)))
        .withFallback(ConfigFactory.load())
        .resolve();
  }

  private static EmbedResult embed(String run, int shardRows, String... others) {
    Config config = config(run, shardRows, others);
    var unused = new ShardAction(spark, ShardConfig.from(config), Progress.silent()).run();
    return new EmbedAction(spark, EmbedConfig.from(config), Progress.silent()).run();
  }

  private static List<Triplet> rows(EmbedResult result) {
    List<Triplet> rows = new ArrayList<>();
    Configuration conf = new Configuration();
    for (ShardInfo shard : result.manifest().shards()) {
      try (ShardReader<Triplet> reader =
          ShardReader.open(conf, DatasetManifest.path(result.directory(), shard), Column.all())) {
        reader.forEach(rows::add);
      }
    }
    return rows;
  }

  @Test
  void eachTextAndEachPictureGetsAUnitVector() {
    List<Triplet> rows = rows(result);
    assertThat(rows).hasSize(SHAPES);
    int width = result.manifest().teacher().orElseThrow().dimension();
    for (Triplet row : rows) {
      assertThat(row.images()).hasSize(2);
      assertThat(row.imageEmbeddings()).hasSize(2);
      assertThat(row.textEmbeddings()).hasSameSizeAs(row.texts());
      List<float[]> all = new ArrayList<>(row.imageEmbeddings());
      all.addAll(row.textEmbeddings());
      for (float[] vector : all) {
        assertThat(vector).hasSize(width);
        double square = 0;
        for (float value : vector) {
          square += (double) value * value;
        }
        assertThat(square).isCloseTo(1, within(1e-5));
      }
    }
    assertThat(result.retrieval()).isPresent();
    assertThat(result.manifest().provenance()).containsKey("teacher.retrieval");
  }

  @Test
  void vectorsAreThoseOfTheTeacherThatIsKept() {
    String kept = result.directory() + "/" + Teachers.FOLDER;
    TeacherConfig config = TeacherConfig.from(ConfigFactory.load());
    try (Teacher teacher = Teachers.open(new Configuration(), kept, config)) {
      for (Triplet row : rows(result)) {
        for (int i = 0; i < row.texts().size(); i++) {
          float[][] alone = teacher.embedTexts(List.of(row.texts().get(i).text()));
          assertThat(row.textEmbeddings().get(i)).containsExactly(alone[0], within(1e-6f));
        }
        float[][] picture = teacher.embedImages(List.of(row.images().get(1).bytes()));
        assertThat(row.imageEmbeddings().get(1)).containsExactly(picture[0], within(1e-6f));
      }
    }
  }

  @Test
  void vectorsDoNotDependOnTheShards() {
    Map<String, Triplet> others = new HashMap<>();
    for (Triplet row : rows(embed("b", 100))) {
      others.put(row.id(), row);
    }
    for (Triplet row : rows(result)) {
      Triplet other = others.get(row.id());
      for (int i = 0; i < row.texts().size(); i++) {
        assertThat(row.textEmbeddings().get(i)).isEqualTo(other.textEmbeddings().get(i));
      }
      for (int i = 0; i < row.images().size(); i++) {
        assertThat(row.imageEmbeddings().get(i)).isEqualTo(other.imageEmbeddings().get(i));
      }
    }
  }

  @Test
  void aFinishedDatasetIsTakenAsItIsAndAnotherIsRefused() {
    EmbedResult again =
        new EmbedAction(spark, EmbedConfig.from(config("a", 5)), Progress.silent()).run();
    assertThat(again.manifest().id()).isEqualTo(result.manifest().id());
    EmbedAction other =
        new EmbedAction(spark, EmbedConfig.from(config("a", 5, "run.seed = 2")), Progress.silent());
    assertThatThrownBy(other::run)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("already holds a finished result of another input");
  }

  @Test
  void withoutADatasetItSaysWhatToRun() {
    EmbedAction action =
        new EmbedAction(spark, EmbedConfig.from(config("none", 5)), Progress.silent());
    assertThatThrownBy(action::run)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("holds no finished dataset");
  }
}
