package org.trispike.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trispike.datasets.Progress;
import org.trispike.datasets.UserError;
import org.trispike.training.TinyTraining;
import org.trispike.training.evaluate.TinyWorld;

final class PretrainActionTest {
  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static SparkSession spark;
  private static TinyWorld world;
  private static Path whole;

  @BeforeAll
  static void begin() throws IOException {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("pretrain")
            .config("spark.ui.enabled", false)
            .getOrCreate();
    world = new TinyWorld(shared, spark);
    whole = shared.resolve("whole");
    var unused = action(whole, Progress.silent()).run();
  }

  @AfterAll
  static void end() {
    spark.stop();
  }

  private static PretrainAction action(Path run, Progress progress, String... others) {
    PretrainConfig config = PretrainConfig.from(TinyTraining.config(world, run, others));
    return new PretrainAction(spark, config, progress);
  }

  private static List<JsonNode> metrics(Path run) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  private static Path last(Path run) throws IOException {
    try (Stream<Path> names = Files.list(run.resolve("checkpoints"))) {
      return names
          .filter(name -> name.getFileName().toString().startsWith("round-"))
          .max(Path::compareTo)
          .orElseThrow();
    }
  }

  @Test
  void learnsThePairsItIsShown() throws IOException {
    List<JsonNode> lines = metrics(whole);
    double first = lines.get(0).get("loss").doubleValue();
    double end = lines.get(lines.size() - 1).get("loss").doubleValue();
    assertThat(end).isLessThan(first);
    // 18 rows make 4 batches of 4 an epoch; two replicas take 2 steps each an epoch, 8 epochs.
    assertThat(lines.get(lines.size() - 1).get("samples").intValue()).isEqualTo(8 * 16);
    // A checkpoint every two rounds, and what it was chosen by.
    assertThat(lines.get(1).at("/validation/shapes").intValue()).isEqualTo(18);
    assertThat(lines.get(0).has("validation")).isFalse();
  }

  @Test
  void goesOnAfterAnInterruptionToTheSameBits() throws IOException {
    Stopper stopper = new Stopper(3);
    PretrainAction interrupted = action(folder, stopper);
    stopper.action = interrupted;
    UserError error = catchThrowableOfType(UserError.class, interrupted::run);
    assertThat(error.kind()).isEqualTo(UserError.Kind.INTERRUPTED);
    assertThat(folder.resolve("checkpoints/result.json")).doesNotExist();
    PretrainResult result = action(folder, Progress.silent()).run();
    assertThat(result.samples()).isEqualTo(8 * 16);
    assertThat(last(folder).getFileName()).isEqualTo(last(whole).getFileName());
    for (String file : List.of("model.safetensors", "optimizer.safetensors")) {
      assertThat(last(folder).resolve(file)).hasSameBinaryContentAs(last(whole).resolve(file));
    }
    List<JsonNode> resumed = metrics(folder);
    List<JsonNode> undisturbed = metrics(whole);
    assertThat(resumed).hasSameSizeAs(undisturbed);
    for (int i = 0; i < resumed.size(); i++) {
      assertThat(resumed.get(i).get("loss")).isEqualTo(undisturbed.get(i).get("loss"));
    }
  }

  /** What rounds carry is all in the checkpoint, and the way of the averages changes no bit. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "moments = keep, statistics = merge, outer-rate = 0.7, outer-momentum = 0.9",
        "moments = reset"
      })
  void goesOnToTheSameBitsWhateverRoundsCarry(String rule) throws IOException {
    String driver = "pretrain.averaging { through = driver, " + rule + " }";
    String shuffle = "pretrain.averaging { through = shuffle, " + rule + " }";
    Path undisturbed = folder.resolve("undisturbed");
    Path resumed = folder.resolve("resumed");
    var unused = action(undisturbed, Progress.silent(), driver).run();
    Stopper stopper = new Stopper(3);
    stopper.action = action(resumed, stopper, driver);
    assertThatThrownBy(stopper.action::run).isInstanceOf(UserError.class);
    unused = action(resumed, Progress.silent(), shuffle).run();
    for (String file : List.of("model.safetensors", "optimizer.safetensors")) {
      assertThat(last(resumed).resolve(file))
          .hasSameBinaryContentAs(last(undisturbed).resolve(file));
    }
    assertThat(Files.readAllBytes(last(resumed).resolve("model.safetensors")))
        .isNotEqualTo(Files.readAllBytes(last(whole).resolve("model.safetensors")));
  }

  @Test
  void aBankOfNegativesMakesTheLossLargerAndResumesToTheSameBits() throws IOException {
    String bank = "pretrain.negatives { bank = 8, similar-above = 0.9 }";
    Path undisturbed = folder.resolve("undisturbed");
    Path resumed = folder.resolve("resumed");
    var unused = action(undisturbed, Progress.silent(), bank).run();
    Stopper stopper = new Stopper(3);
    stopper.action = action(resumed, stopper, bank);
    assertThatThrownBy(stopper.action::run).isInstanceOf(UserError.class);
    PretrainResult again = action(resumed, Progress.silent(), bank).run();
    assertThat(again.samples()).isEqualTo(8 * 16);
    for (String file : List.of("model.safetensors", "optimizer.safetensors")) {
      assertThat(last(resumed).resolve(file))
          .hasSameBinaryContentAs(last(undisturbed).resolve(file));
    }
    // From the same weights, more negatives are harder to tell apart.
    assertThat(metrics(undisturbed).get(0).get("loss").doubleValue())
        .isGreaterThan(metrics(whole).get(0).get("loss").doubleValue());
  }

  /** Against the scores of a run that is never stopped, also where it is interrupted on the way. */
  @Test
  void endsAfterAValidationWithoutABetterScore() throws IOException {
    String often = "pretrain { epochs = 12, checkpoint-rounds = 1, keep-checkpoints = 1 }";
    Path all = folder.resolve("all");
    int rounds = action(all, Progress.silent(), often).run().rounds();
    double best = -1;
    int expected = 0;
    for (JsonNode line : metrics(all)) {
      double score = line.at("/validation/score").doubleValue();
      if (score <= best) {
        expected = line.get("round").intValue();
        break;
      }
      best = score;
    }
    assertThat(expected).isBetween(2, rounds - 1);
    Path stopped = folder.resolve("stopped");
    Stopper stopper = new Stopper(expected - 1);
    stopper.action = action(stopped, stopper, often, "pretrain.patience = 1");
    assertThatThrownBy(stopper.action::run).isInstanceOf(UserError.class);
    PretrainResult result =
        action(stopped, Progress.silent(), often, "pretrain.patience = 1").run();
    assertThat(result.rounds()).isEqualTo(expected);
    assertThat(result.score()).isEqualTo(best);
    assertThat(result.chosen()).isEqualTo(String.format("round-%06d", expected - 1));
    assertThat(last(stopped)).hasFileName(String.format("round-%06d", expected));
    assertThat(metrics(stopped)).hasSize(expected);
    assertThat(metrics(stopped).get(expected - 1).get("loss"))
        .isEqualTo(metrics(all).get(expected - 1).get("loss"));
  }

  @Test
  void anotherSeedIsAnotherTraining() throws IOException {
    var unused = action(folder, Progress.silent(), "run.seed = 2").run();
    assertThat(Files.readAllBytes(last(folder).resolve("model.safetensors")))
        .isNotEqualTo(Files.readAllBytes(last(whole).resolve("model.safetensors")));
  }

  @Test
  void takesAFinishedTrainingAsItIsAndRefusesAnother() {
    PretrainResult again = action(whole, Progress.silent()).run();
    assertThat(again.samples()).isEqualTo(8 * 16);
    assertThatThrownBy(action(whole, Progress.silent(), "pretrain.batch-size = 5")::run)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("already holds a finished result of another");
    assertThatThrownBy(action(whole, Progress.silent(), "run.resume = never")::run)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("already holds a finished result");
  }

  @Test
  void refusesADatasetWithoutVectors() {
    String other = "run.data = \"" + folder + "\"";
    assertThatThrownBy(action(folder.resolve("x"), Progress.silent(), other)::run)
        .isInstanceOf(UserError.class);
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @Test
  void refusesCudaBeforeItsFirstRoundAndSaysWhatToDo() {
    PretrainAction action = action(folder.resolve("x"), Progress.silent(), "compute.device = cuda");
    UserError error = catchThrowableOfType(UserError.class, action::run);
    assertThat(error.exitCode()).isEqualTo(4);
    assertThat(error)
        .hasMessageContaining("no CUDA kernels. Nothing was written")
        .hasMessageContaining("--set compute.device=cpu")
        .hasMessageContaining("--set compute.fallback=cpu");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @Test
  void fallsBackToTheCpuWhereItMayAndSaysSoOnce() throws IOException {
    List<String> lines = new ArrayList<>();
    Progress listener =
        new Progress() {
          @Override
          public void start(String stage, long total, long done) {}

          @Override
          public void update(long done, String figures) {}

          @Override
          public void line(String message) {
            lines.add(message);
          }

          @Override
          public void finish(String summary) {}
        };
    var unused = action(folder, listener, "compute { device = cuda, fallback = cpu }").run();
    assertThat(lines).filteredOn(line -> line.contains("CUDA")).hasSize(1);
    assertThat(last(folder).resolve("model.safetensors"))
        .hasSameBinaryContentAs(last(whole).resolve("model.safetensors"));
  }

  /** Interrupts an action after so many rounds. */
  private static final class Stopper implements Progress {
    private final int rounds;
    private int updates;
    private PretrainAction action;

    Stopper(int rounds) {
      this.rounds = rounds;
    }

    @Override
    public void start(String stage, long total, long done) {}

    @Override
    public void update(long done, String figures) {
      if (++updates == rounds) {
        action.interrupt();
      }
    }

    @Override
    public void line(String message) {}

    @Override
    public void finish(String summary) {}
  }
}
