package org.trispike.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.Progress;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.Images;
import org.trispike.datasets.geometry.PointCloud;
import org.trispike.datasets.geometry.Views;
import org.trispike.datasets.shard.ShardAction;
import org.trispike.datasets.shard.ShardConfig;
import org.trispike.datasets.teacher.EmbedAction;
import org.trispike.datasets.teacher.EmbedConfig;
import org.trispike.datasets.teacher.onnx.TinyTowers;
import org.trispike.kernels.PointBatch;
import org.trispike.spiking.SpikingModel;
import org.trispike.training.TinyTraining;
import org.trispike.training.classes.ClassList;
import org.trispike.training.classes.ClassPrompts;
import org.trispike.training.pretrain.PretrainAction;
import org.trispike.training.pretrain.PretrainConfig;
import org.trispike.training.reparameterize.ReparameterizeAction;
import org.trispike.training.reparameterize.ReparameterizeConfig;

/** All stages of a run whose teacher is a pair of ONNX towers. */
final class ClipStagesTest {
  private static final List<String> TEMPLATES = List.of("a {}", "the long {}");

  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static SparkSession spark;
  private static TinyWorld world;
  private static TinyTowers towers;
  private static Path run;

  @BeforeAll
  static void begin() throws IOException {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("clip")
            .config("spark.ui.enabled", false)
            .getOrCreate();
    world = new TinyWorld(shared, spark);
    towers = new TinyTowers(Files.createDirectory(shared.resolve("clip")));
    run = shared.resolve("clip-run");
    Files.write(shared.resolve("clip.csv"), list(Integer.MAX_VALUE));
    var unusedShards = new ShardAction(spark, ShardConfig.from(config()), Progress.silent()).run();
    var unusedVectors = new EmbedAction(spark, EmbedConfig.from(config()), Progress.silent()).run();
    var unusedTraining =
        new PretrainAction(spark, PretrainConfig.from(config()), Progress.silent()).run();
    var folded =
        new ReparameterizeAction(spark, ReparameterizeConfig.from(config()), Progress.silent())
            .run();
    assertThat(folded.classes()).isEqualTo(3);
  }

  @AfterAll
  static void end() {
    spark.stop();
  }

  /** The rows of the world's list without their vectors. */
  private static List<String> list(int rows) throws IOException {
    return Files.readAllLines(shared.resolve("list.csv")).stream()
        .limit(rows)
        .map(line -> String.join(",", List.of(line.split(",")).subList(0, 4)))
        .toList();
  }

  private static Config config(String... others) {
    List<String> all = new ArrayList<>();
    all.add(
        "data { views = 2, view-size = 16, triplets = \"" + shared.resolve("clip.csv") + "\" }");
    all.add("run.data = \"" + run + "\"");
    all.add("reparameterize.templates = [\"" + String.join("\", \"", TEMPLATES) + "\"]");
    all.add(towers.settings());
    all.addAll(List.of(others));
    return TinyTraining.config(world, run, all.toArray(String[]::new));
  }

  private static JsonNode evaluate(Config config) throws IOException {
    return new ObjectMapper()
        .readTree(
            new EvaluateAction(spark, EvaluateConfig.from(config), Progress.silent()).run().json());
  }

  /** Normalise each prompt, average, normalise. */
  private static float[] mean(List<String> prompts) {
    double[] sum = new double[TinyTowers.DIMENSION];
    for (String prompt : prompts) {
      double[] unit = TinyTowers.text(prompt);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += unit[i];
      }
    }
    double square = 0;
    for (double value : sum) {
      square += value * value;
    }
    float[] mean = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      mean[i] = (float) (sum[i] / Math.sqrt(square));
    }
    return mean;
  }

  private static PointBatch cloud() {
    float[] xyz = TinyWorld.gaussian(5, 300);
    float[] rgb = new float[xyz.length];
    for (int i = 0; i < xyz.length; i++) {
      xyz[i] = (float) Math.tanh(xyz[i]);
    }
    return Views.of(new PointCloud(xyz, rgb), 1);
  }

  @Test
  void classesAreTheMeanOfTheirPromptsVectors() throws IOException {
    SpikingModel model = SpikingModel.read(run.resolve("model"));
    assertThat(model.teacher().orElseThrow().kind()).isEqualTo("clip-onnx");
    List<float[]> vectors = new ArrayList<>();
    for (var named : model.classes()) {
      assertThat(named.prompts()).hasSize(2);
      vectors.add(mean(named.prompts()));
    }
    float[] expected =
        model.withoutClasses().withClasses(model.classes(), vectors).logits(cloud())[0];
    assertThat(model.logits(cloud())[0]).containsExactly(expected, within(1e-4f));
  }

  @Test
  void aRunIsEvaluatedWithOtherClassesToo() throws IOException {
    JsonNode own = evaluate(config("evaluate.output = \"" + folder.resolve("own") + "\""));
    assertThat(own.at("/zero_shot/shapes").asInt()).isEqualTo(16);
    assertThat(own.at("/retrieval/image/candidates").asInt()).isPositive();
    assertThat(own.at("/energy/text_tower").isMissingNode()).isTrue();
    Path classes = folder.resolve("c.json");
    Files.writeString(classes, "{\"cube\": [\"die\"], \"flat box\": [\"box\"]}");
    JsonNode other =
        evaluate(
            config(
                "evaluate.classes = \"" + classes + "\"",
                "evaluate.output = \"" + folder.resolve("other") + "\""));
    assertThat(other.at("/classes/0/prompts/0").asText()).isEqualTo("a cube");
    assertThat(other.at("/classes/0/prompts/2").asText()).isEqualTo("a die");
  }

  @Test
  void furtherClassesAreAddedToAModel() throws IOException {
    Path classes = folder.resolve("more.json");
    Files.writeString(classes, "{\"die\": [\"cube\"]}");
    SpikingModel before = SpikingModel.read(run.resolve("model"));
    Config config = config("reparameterize { append = true, classes = \"" + classes + "\" }");
    ReparameterizeConfig read = ReparameterizeConfig.from(config);
    Path copy = folder.resolve("model");
    Files.createDirectory(copy);
    try (var files = Files.list(run.resolve("model"))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    var result =
        new ReparameterizeAction(
                spark,
                new ReparameterizeConfig(
                    read.checkpoints(),
                    read.dataset(),
                    copy.toString(),
                    read.triplets(),
                    read.classes(),
                    read.templates(),
                    read.rotations(),
                    read.append(),
                    read.resume(),
                    read.teacher()),
                Progress.silent())
            .run();
    assertThat(result.classes()).isEqualTo(4);
    var list = ClassPrompts.of(ClassList.read(new Configuration(), classes.toString()), TEMPLATES);
    float[] expected =
        before.withClasses(list, List.of(mean(list.get(0).prompts()))).logits(cloud())[0];
    assertThat(SpikingModel.read(copy).logits(cloud())[0]).containsExactly(expected, within(1e-4f));
  }

  @Test
  void aListIsEmbeddedByTheTeacherBesideTheModel() throws IOException {
    JsonNode root = evaluate(config("evaluate.triplets = \"" + pictures() + "\""));
    assertThat(root.at("/retrieval/text/shapes").asInt()).isEqualTo(6);
    assertThat(root.at("/retrieval/image/candidates").asInt()).isEqualTo(6);
  }

  @Test
  void aModelAloneNeedsTheFilesOfItsTeacherOnlyForWhatIsNew() throws IOException {
    Path alone = Files.createDirectories(folder.resolve("elsewhere/model"));
    SpikingModel.read(run.resolve("model")).write(alone);
    String[] lonely = {
      "run.dir = \"" + folder.resolve("no-run") + "\"",
      "run.data = \"\"",
      "evaluate.model = \"" + alone + "\"",
      "evaluate.triplets = \"" + pictures() + "\""
    };
    JsonNode named = evaluate(config(lonely));
    assertThat(named.at("/retrieval/image/candidates").asInt()).isEqualTo(6);
    String[] unnamed = Arrays.copyOf(lonely, lonely.length + 1);
    unnamed[lonely.length] = "teacher { kind = embedded, names = \"\", vectors = \"\" }";
    JsonNode without = evaluate(config(unnamed));
    assertThat(without.at("/zero_shot/shapes").asInt())
        .isEqualTo(named.at("/zero_shot/shapes").asInt());
    assertThat(without.at("/zero_shot/top1")).isEqualTo(named.at("/zero_shot/top1"));
    assertThat(without.at("/retrieval/image").isMissingNode()).isTrue();
    Path classes = folder.resolve("c.json");
    Files.writeString(classes, "{\"cube\": [\"die\"], \"bar\": [\"box\"]}");
    String[] asked = Arrays.copyOf(unnamed, unnamed.length + 1);
    asked[unnamed.length] = "evaluate.classes = \"" + classes + "\"";
    assertThatThrownBy(() -> evaluate(config(asked)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("lies neither in teacher/ of that folder nor in embedded/teacher/");
  }

  /** Six labelled shapes, each with a picture of its own. */
  private Path pictures() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : list(7)) {
      int row = lines.size();
      lines.add(line + (row == 0 ? ",images" : ",p" + row + ".png"));
      if (row > 0) {
        var image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        image.setRGB(row, row, 0xFFFFFF);
        Files.write(shared.resolve("p" + row + ".png"), Images.png(image));
      }
    }
    return Files.write(shared.resolve("pictures.csv"), lines);
  }
}
