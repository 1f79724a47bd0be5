package org.trispike.jobs.survival;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trispike.datasets.Progress;
import org.trispike.training.HeldFileSystem;
import org.trispike.training.Outcome;
import org.trispike.training.TinyTraining;
import org.trispike.training.evaluate.TinyWorld;
import org.trispike.training.pretrain.PretrainAction;
import org.trispike.training.pretrain.PretrainConfig;

/** The process that drives a training is killed, or told to end, and the same command goes on. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class DriverIT {
  private static final Pattern TRAINING = Pattern.compile("round (\\d+) of");
  private static final Pattern VALIDATION = Pattern.compile("after round (\\d+)");

  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static Path settings;
  private static Outcome undisturbed;

  @BeforeAll
  static void begin() throws IOException {
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local[2]")
            .appName("undisturbed")
            .config("spark.ui.enabled", false);
    for (String setting : HeldFileSystem.settings(shared, "", 0)) {
      String[] parts = setting.split("=", 2);
      builder.config(parts[0], parts[1]);
    }
    try (SparkSession spark = builder.getOrCreate()) {
      TinyWorld world = new TinyWorld(shared, spark);
      // Each round reads its rows again.
      String data =
          "pretrain.cache-bytes = 0\nrun.data = \"" + HeldFileSystem.name(world.run) + "\"\n";
      settings =
          Files.writeString(shared.resolve("tiny.conf"), TinyTraining.settings(world) + data);
      String run = "run.dir = \"" + HeldFileSystem.name(shared.resolve("alone")) + "\"";
      PretrainConfig config = PretrainConfig.from(TinyTraining.config(world, shared, data, run));
      var unused = new PretrainAction(spark, config, Progress.silent()).run();
    }
    undisturbed = Outcome.of(shared.resolve("alone"));
  }

  private TrainingProcess start(String pattern, int number) throws IOException {
    Files.deleteIfExists(folder.resolve("waits"));
    return TrainingProcess.start(settings, folder.resolve("run"), folder, pattern, number);
  }

  /** Whole rounds that were behind a call. */
  private static int rounds(String call) {
    Matcher validation = VALIDATION.matcher(call);
    if (validation.find()) {
      return Integer.parseInt(validation.group(1));
    }
    Matcher training = TRAINING.matcher(call);
    return training.find() ? Integer.parseInt(training.group(1)) - 1 : 0;
  }

  private List<String> checkpoints() throws IOException {
    return Outcome.names(folder.resolve("run/checkpoints"), "round-");
  }

  @Test
  void killedInARoundAndInACheckpointAndToldToEndItGoesOnToTheSameBits() throws Exception {
    TrainingProcess first = start("round 4 of .* reads", 2);
    assertThat(first.held()).as(first.output()).isPresent();
    first.kill();

    TrainingProcess second = start("after round 4: writes .*optimizer", 2);
    assertThat(second.held()).as(second.output()).isPresent();
    second.kill();
    assertThat(second.resumedAfter()).isEqualTo(2);
    assertThat(checkpoints()).containsExactly("round-000002", "round-000004");
    assertThat(folder.resolve("run/checkpoints/round-000004/MANIFEST.json")).doesNotExist();

    TrainingProcess third = start("round 4 of .* reads", 1);
    assertThat(third.held()).as(third.output()).isPresent();
    third.terminate();
    assertThat(third.exitCode()).as(third.output()).isEqualTo(5);
    assertThat(third.resumedAfter()).isEqualTo(2);
    assertThat(checkpoints()).endsWith("round-000003");

    TrainingProcess last = start("", 0);
    assertThat(last.exitCode()).as(last.output()).isZero();
    assertThat(last.resumedAfter()).isEqualTo(3);
    assertThat(Outcome.of(folder.resolve("run"))).isEqualTo(undisturbed);
  }

  /** Twenty, spread over what a run reads in rounds and validations, and over its checkpoints. */
  static Stream<Arguments> moments() {
    return Stream.of(
            spread("reads .*parquet", 7),
            spread("changes (checkpoints|round|_tmp)", 7),
            spread("writes _tmp", 6))
        .flatMap(moments -> moments);
  }

  private static Stream<Arguments> spread(String pattern, int count) {
    return IntStream.range(0, count).mapToObj(i -> Arguments.of(pattern, (i + 0.5) / count));
  }

  @Tag("chaos")
  @ParameterizedTest
  @MethodSource("moments")
  void aKillAtAnyMomentLosesAnIntervalAtMostAndNoBit(String pattern, double share)
      throws Exception {
    TrainingProcess killed =
        start(pattern, 1 + (int) (share * HeldFileSystem.calls(shared, pattern)));
    String call = killed.held().orElseThrow(() -> new IllegalStateException(killed.output()));
    killed.kill();

    TrainingProcess resumed = start("", 0);
    assertThat(resumed.exitCode()).as(resumed.output()).isZero();
    assertThat(Outcome.of(folder.resolve("run"))).isEqualTo(undisturbed);
    int lost = rounds(call) - resumed.resumedAfter();
    assertThat(lost).as(call).isBetween(0, TinyTraining.CHECKPOINT_ROUNDS);
    System.out.printf(
        Locale.ROOT,
        "driver killed at \"%s\": trains again after round %d, %d whole rounds lost, %.1f s after its"
            + " start, same bits%n",
        call,
        resumed.resumedAfter(),
        lost,
        resumed.secondsToTrain());
  }

  /** Before the first round, in a round, in a checkpoint, and when all is done but the result. */
  @Tag("chaos")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "^reads .*dataset.json",
        "round 5 of .* reads",
        "after round 4: changes .*model",
        "after round 6: reads .*parquet",
        "changes .*result.json"
      })
  void toldToEndItEndsResumable(String moment) throws Exception {
    TrainingProcess told = start(moment, 1);
    String call = told.held().orElseThrow(() -> new IllegalStateException(told.output()));
    long begin = System.nanoTime();
    told.terminate();
    Files.deleteIfExists(folder.resolve("waits"));
    assertThat(told.exitCode()).as(told.output()).isEqualTo(5);
    double seconds = (System.nanoTime() - begin) / 1e9;

    TrainingProcess resumed = start("", 0);
    assertThat(resumed.exitCode()).as(resumed.output()).isZero();
    boolean finished = resumed.output().contains("is finished already");
    assertThat(finished || resumed.resumedAfter() >= rounds(call)).as(resumed.output()).isTrue();
    assertThat(Outcome.of(folder.resolve("run"))).isEqualTo(undisturbed);
    System.out.printf(
        Locale.ROOT,
        "driver told to end at \"%s\": exit 5 after %.1f s, %s, same bits%n",
        call,
        seconds,
        finished ? "it had come to its end" : "goes on after round " + resumed.resumedAfter());
  }
}
