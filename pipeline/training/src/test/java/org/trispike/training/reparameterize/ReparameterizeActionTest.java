package org.trispike.training.reparameterize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.Progress;
import org.trispike.datasets.UserError;
import org.trispike.datasets.geometry.PointCloud;
import org.trispike.datasets.geometry.Views;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;
import org.trispike.spiking.Alignment;
import org.trispike.spiking.Encoder;
import org.trispike.spiking.ModelClass;
import org.trispike.spiking.SpikingModel;
import org.trispike.training.TinyTraining;
import org.trispike.training.checkpoint.Checkpoint;
import org.trispike.training.checkpoint.Checkpoints;
import org.trispike.training.classes.ClassList;
import org.trispike.training.classes.ClassPrompts;
import org.trispike.training.evaluate.Neighbours;
import org.trispike.training.evaluate.TinyWorld;
import org.trispike.training.pretrain.PretrainAction;
import org.trispike.training.pretrain.PretrainConfig;

final class ReparameterizeActionTest {
  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static SparkSession spark;
  private static TinyWorld world;
  private static Path run;

  @BeforeAll
  static void begin() throws IOException {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("reparameterize")
            .config("spark.ui.enabled", false)
            .getOrCreate();
    world = new TinyWorld(shared, spark);
    run = shared.resolve("trained");
    PretrainConfig config = PretrainConfig.from(TinyTraining.config(world, run));
    var unused = new PretrainAction(spark, config, Progress.silent()).run();
  }

  @AfterAll
  static void end() {
    spark.stop();
  }

  /** The stage on the shared checkpoints, with the model in this test's own folder. */
  private ReparameterizeAction action(String... others) {
    ReparameterizeConfig read = ReparameterizeConfig.from(TinyTraining.config(world, run, others));
    ReparameterizeConfig config =
        new ReparameterizeConfig(
            read.checkpoints(),
            read.dataset(),
            folder.resolve("model").toString(),
            read.triplets(),
            read.classes(),
            read.templates(),
            read.rotations(),
            read.append(),
            read.resume(),
            read.teacher());
    return new ReparameterizeAction(spark, config, Progress.silent());
  }

  private SpikingModel model() throws IOException {
    return SpikingModel.read(folder.resolve("model"));
  }

  private static PointBatch cloud() {
    KeyedRandom random = KeyedRandom.of(3);
    float[] xyz = new float[3 * 200];
    float[] rgb = new float[xyz.length];
    for (int i = 0; i < xyz.length; i++) {
      xyz[i] = random.uniform(-0.5, 0.5);
      rgb[i] = random.nextFloat();
    }
    return Views.of(new PointCloud(xyz, rgb), 1);
  }

  @Test
  void theFoldedModelSaysWhatTheCheckpointSays() throws IOException {
    ReparameterizeResult result = action().run();
    assertThat(result.classes()).isEqualTo(3);
    Checkpoint checkpoint =
        Checkpoints.chosen(new Configuration(), run.resolve("checkpoints").toString());
    Alignment alignment = checkpoint.alignment();
    List<ModelClass> classes =
        ClassPrompts.of(ClassList.ofCategories(List.of("flat_box", "long_box", "cube")), List.of());
    List<float[]> texts =
        ClassPrompts.embed(
            classes,
            org.trispike.datasets.teacher.TextSide.precomputed(
                new Configuration(),
                org.trispike.datasets.teacher.TeacherConfig.from(world.config()),
                6));
    float[] z = unfolded(checkpoint, cloud());
    float[] logits = model().logits(cloud())[0];
    for (int k = 0; k < 3; k++) {
      float[] w = alignment.classVector(texts.get(k));
      double dot = 0;
      for (int i = 0; i < w.length; i++) {
        dot += (double) w[i] * z[i];
      }
      assertThat((double) logits[k]).isCloseTo(dot, within(1e-5));
    }
    assertThat(model().provenance()).containsKeys("checkpoint", "dataset", "templates");
    // Every ninth of the 36 shapes is unlabelled; the even ones are for training.
    Neighbours neighbours = Neighbours.read(folder.resolve("model")).orElseThrow();
    assertThat(neighbours.size()).isEqualTo(result.neighbours()).isEqualTo(16);
    assertThat(listing())
        .containsExactly(
            "alignment.safetensors", "model.json", "model.safetensors", "neighbours.safetensors");
  }

  private static float[] unfolded(Checkpoint checkpoint, PointBatch batch) {
    Encoder encoder = checkpoint.encoder();
    try (Compute compute = Computes.cpu(1);
        Scope scope = new Scope(compute)) {
      Tensor flat = scope.of(checkpoint.encoderParameters(), encoder.layout().size());
      Tensor output = encoder.forward(scope, flat, batch, false).output();
      float[] z = new float[output.size()];
      compute.download(output, z, 0);
      return z;
    }
  }

  private List<String> listing() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("model"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private String classes(String name, String json) throws IOException {
    return "reparameterize.classes = \"" + Files.writeString(folder.resolve(name), json) + "\"";
  }

  @Test
  void classesAppendedLaterAreThoseOfOneGo() throws IOException {
    String all = classes("all.json", "{\"cube\": [\"die\"], \"long_box\": [\"plank\"]}");
    var unused = action(all).run();
    float[] once = model().logits(cloud())[0];
    deleteModel();
    unused = action(classes("one.json", "{\"cube\": [\"die\"]}")).run();
    ReparameterizeResult wider = action(all, "reparameterize.append = true").run();
    assertThat(wider.classes()).isEqualTo(2);
    assertThat(model().logits(cloud())[0]).containsExactly(once);
    assertThat(listing()).contains("neighbours.safetensors");
    assertThat(model().classes().get(1).prompts()).isEqualTo(Arrays.asList("long box", "plank"));
  }

  private void deleteModel() throws IOException {
    for (String name : listing()) {
      Files.delete(folder.resolve("model").resolve(name));
    }
  }

  @Test
  void takesFinishedWorkAsItIsAndRefusesOther() throws IOException {
    var unused = action().run();
    assertThat(action().run().classes()).isEqualTo(3);
    ReparameterizeAction other = action(classes("c.json", "{\"cube\": [\"die\"]}"));
    assertThatThrownBy(other::run)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("already holds a finished result of another");
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(
            () -> ReparameterizeConfig.from(world.config("reparameterize.append = true")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--classes FILE");
    assertThatThrownBy(() -> action("run.dir = \"" + folder + "\"").run())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("pretrain");
    assertThat(folder.resolve("model")).doesNotExist();
  }
}
