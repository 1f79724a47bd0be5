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
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkException;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trispike.datasets.Progress;
import org.trispike.datasets.UserError;
import org.trispike.training.Outcome;
import org.trispike.training.TinyTraining;
import org.trispike.training.checkpoint.FaultyFileSystem;
import org.trispike.training.evaluate.TinyWorld;
import org.trispike.training.pretrain.TroubledFileSystem.Trouble;

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
    TroubledFileSystem.set(hadoop(), Trouble.NONE);
    whole = shared.resolve("whole");
    var unused = action(whole, Progress.silent()).run();
  }

  @AfterAll
  static void end() {
    spark.stop();
  }

  private static Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  private List<String> checkpoints() throws IOException {
    return Outcome.names(folder.resolve("checkpoints"), "round-");
  }

  /** Settings of a training whose tasks read through a {@link TroubledFileSystem}. */
  private static String[] troubled() {
    return new String[] {
      "pretrain.cache-bytes = 0", "run.data = \"" + TroubledFileSystem.name(world.run) + "\""
    };
  }

  private static PretrainAction action(Path run, Progress progress, String... others) {
    PretrainConfig config = PretrainConfig.from(TinyTraining.config(world, run, others));
    return new PretrainAction(spark, config, progress);
  }

  /** A training that is told to end after so many rounds. */
  private static void interrupt(Path run, int rounds, String... others) {
    AfterRounds stopper = new AfterRounds(rounds);
    PretrainAction action = action(run, stopper, others);
    stopper.then = action::interrupt;
    assertThatThrownBy(action::run).isInstanceOf(UserError.class);
  }

  private static List<JsonNode> metrics(Path run) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
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
    AfterRounds stopper = new AfterRounds(3);
    PretrainAction interrupted = action(folder, stopper);
    stopper.then = interrupted::interrupt;
    UserError error = catchThrowableOfType(UserError.class, interrupted::run);
    assertThat(error.kind()).isEqualTo(UserError.Kind.INTERRUPTED);
    assertThat(folder.resolve("checkpoints/result.json")).doesNotExist();
    PretrainResult result = action(folder, Progress.silent()).run();
    assertThat(result.samples()).isEqualTo(8 * 16);
    assertThat(Outcome.of(folder)).isEqualTo(Outcome.of(whole));
  }

  @Test
  void interruptedBeforeItsFirstRoundItSaysThatNothingIsKept() throws IOException {
    PretrainAction interrupted = action(folder, Progress.silent());
    interrupted.interrupt();
    assertThatThrownBy(interrupted::run)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("in its first round, of which nothing is kept");
    assertThat(checkpoints()).isEmpty();
  }

  @Test
  void givesTheRoundInTheMakingUpWhenItIsInterrupted() throws IOException {
    AfterRounds stopper = new AfterRounds(3);
    PretrainAction interrupted = action(folder, stopper, troubled());
    SparkListener atWork =
        new SparkListener() {
          @Override
          public void onTaskStart(SparkListenerTaskStart event) {
            interrupted.interrupt();
          }
        };
    stopper.then =
        () -> {
          TroubledFileSystem.setSlow(hadoop(), "driver");
          spark.sparkContext().addSparkListener(atWork);
        };
    UserError error = catchThrowableOfType(UserError.class, interrupted::run);
    spark.sparkContext().removeSparkListener(atWork);
    assertThat(error.kind()).isEqualTo(UserError.Kind.INTERRUPTED);
    assertThat(error).hasMessageContaining("was interrupted after round 3");
    assertThat(error).hasRootCauseInstanceOf(SparkException.class);
    assertThat(checkpoints()).endsWith("round-000003");
    var unused = action(folder, Progress.silent()).run();
    assertThat(Outcome.of(folder)).isEqualTo(Outcome.of(whole));
  }

  @Test
  void aRoundThatTheClusterFailedIsRunAgain() throws IOException {
    AfterRounds stopper = new AfterRounds(3);
    stopper.then = () -> TroubledFileSystem.OUTAGE.set(1);
    TroubledFileSystem.set(hadoop(), Trouble.OUT_OF_REACH);
    var unused = action(folder, stopper, troubled()).run();
    assertThat(stopper.lines)
        .filteredOn(line -> line.endsWith("it is run again"))
        .singleElement()
        .asString()
        .startsWith("pretrain: Round 4 failed: ")
        .contains("Connection reset");
    assertThat(Outcome.of(folder)).isEqualTo(Outcome.of(whole));
  }

  @Test
  void aClusterThatGoesOnFailingEndsTheTrainingResumable() throws IOException {
    AfterRounds stopper = new AfterRounds(3);
    stopper.then = () -> TroubledFileSystem.OUTAGE.set(Integer.MAX_VALUE);
    TroubledFileSystem.set(hadoop(), Trouble.OUT_OF_REACH);
    UserError error =
        catchThrowableOfType(UserError.class, action(folder, stopper, troubled())::run);
    TroubledFileSystem.OUTAGE.set(0);
    assertThat(error.kind()).isEqualTo(UserError.Kind.ENVIRONMENT);
    assertThat(error)
        .hasMessageContaining("Round 4 failed")
        .hasMessageContaining("it was run again 3 times")
        .hasMessageContaining("Run the same command again to resume");
    assertThat(checkpoints()).endsWith("round-000003");
    var unused = action(folder, Progress.silent()).run();
    assertThat(Outcome.of(folder)).isEqualTo(Outcome.of(whole));
  }

  @Test
  void aFullDiskLeavesTheCheckpointsBeforeIt() throws IOException {
    // The model of round 4 still fits, what training goes on from does not.
    losesItsDisk(() -> FaultyFileSystem.fillAfter(10_000_000), FaultyFileSystem.FULL);
  }

  @Test
  void aFolderThatMayNotBeWrittenToLeavesTheCheckpointsBeforeIt() throws IOException {
    losesItsDisk(() -> FaultyFileSystem.failAfter(0, "Permission denied"), "Permission denied");
  }

  private void losesItsDisk(Runnable fault, String message) throws IOException {
    FaultyFileSystem.in(hadoop());
    String faulty = "run.dir = \"faulty:" + folder + "\"";
    AfterRounds stopper = new AfterRounds(3);
    stopper.then = fault;
    try {
      UserError error = catchThrowableOfType(UserError.class, action(folder, stopper, faulty)::run);
      assertThat(error.kind()).isEqualTo(UserError.Kind.ENVIRONMENT);
      assertThat(error).hasMessageContaining(message).hasMessageContaining("are untouched");
    } finally {
      FaultyFileSystem.heal();
    }
    assertThat(folder.resolve("checkpoints/round-000004/MANIFEST.json")).doesNotExist();
    var unused = action(folder, Progress.silent(), faulty).run();
    assertThat(Outcome.of(folder)).isEqualTo(Outcome.of(whole));
    assertThat(checkpoints()).isEqualTo(Outcome.names(whole.resolve("checkpoints"), "round-"));
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
    interrupt(resumed, 3, driver);
    unused = action(resumed, Progress.silent(), shuffle).run();
    assertThat(Outcome.of(resumed)).isEqualTo(Outcome.of(undisturbed));
    assertThat(Outcome.of(resumed).files().get("model.safetensors"))
        .isNotEqualTo(Outcome.of(whole).files().get("model.safetensors"));
  }

  @Test
  void aBankOfNegativesMakesTheLossLargerAndResumesToTheSameBits() throws IOException {
    String bank = "pretrain.negatives { bank = 8, similar-above = 0.9 }";
    Path undisturbed = folder.resolve("undisturbed");
    Path resumed = folder.resolve("resumed");
    var unused = action(undisturbed, Progress.silent(), bank).run();
    interrupt(resumed, 3, bank);
    PretrainResult again = action(resumed, Progress.silent(), bank).run();
    assertThat(again.samples()).isEqualTo(8 * 16);
    assertThat(Outcome.of(resumed)).isEqualTo(Outcome.of(undisturbed));
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
    interrupt(stopped, expected - 1, often, "pretrain.patience = 1");
    PretrainResult result =
        action(stopped, Progress.silent(), often, "pretrain.patience = 1").run();
    assertThat(result.rounds()).isEqualTo(expected);
    assertThat(result.score()).isEqualTo(best);
    assertThat(result.chosen()).isEqualTo(String.format("round-%06d", expected - 1));
    assertThat(Outcome.of(stopped).checkpoint()).isEqualTo(String.format("round-%06d", expected));
    assertThat(metrics(stopped)).hasSize(expected);
    assertThat(metrics(stopped).get(expected - 1).get("loss"))
        .isEqualTo(metrics(all).get(expected - 1).get("loss"));
  }

  @Test
  void anotherSeedIsAnotherTraining() throws IOException {
    var unused = action(folder, Progress.silent(), "run.seed = 2").run();
    assertThat(Outcome.of(folder).files().get("model.safetensors"))
        .isNotEqualTo(Outcome.of(whole).files().get("model.safetensors"));
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
    AfterRounds listener = new AfterRounds(Integer.MAX_VALUE);
    var unused = action(folder, listener, "compute { device = cuda, fallback = cpu }").run();
    assertThat(listener.lines).filteredOn(line -> line.contains("CUDA")).hasSize(1);
    assertThat(Outcome.of(folder)).isEqualTo(Outcome.of(whole));
  }
}
