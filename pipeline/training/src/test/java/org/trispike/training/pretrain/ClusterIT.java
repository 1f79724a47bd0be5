package org.trispike.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trispike.datasets.Progress;
import org.trispike.datasets.UserError;
import org.trispike.training.Outcome;
import org.trispike.training.StandaloneCluster;
import org.trispike.training.TinyTraining;
import org.trispike.training.evaluate.TinyWorld;
import org.trispike.training.pretrain.TroubledFileSystem.Trouble;

/**
 * Training on two executors of a standalone cluster, with speculation on: whatever becomes of them,
 * it ends in the bits of a training in one process.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class ClusterIT {
  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static StandaloneCluster cluster;
  private static SparkSession spark;
  private static TinyWorld world;
  private static Outcome undisturbed;

  @BeforeAll
  static void begin() throws IOException, InterruptedException {
    try (SparkSession alone =
        SparkSession.builder()
            .master("local[2]")
            .appName("alone")
            .config("spark.ui.enabled", false)
            .getOrCreate()) {
      world = new TinyWorld(shared, alone);
      Path run = shared.resolve("alone");
      TroubledFileSystem.set(alone.sparkContext().hadoopConfiguration(), Trouble.NONE);
      var unused = action(alone, run, Progress.silent()).run();
      undisturbed = Outcome.of(run);
    }
    cluster = StandaloneCluster.start(shared.resolve("cluster"), 2);
    spark =
        cluster
            .application()
            .config("spark.speculation", true)
            .config("spark.speculation.interval", "100ms")
            .config("spark.speculation.quantile", 0.5)
            .getOrCreate();
  }

  @AfterAll
  static void end() {
    spark.stop();
    cluster.close();
  }

  /** In the place of one that was killed the cluster starts another. */
  @BeforeEach
  void awaitBoth() throws InterruptedException {
    while (spark.sparkContext().getExecutorIds().size() < 2) {
      Thread.sleep(50);
    }
  }

  private static Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  /** A training each of whose rounds reads through a {@link TroubledFileSystem}. */
  private static PretrainAction action(
      SparkSession spark, Path run, Progress progress, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("pretrain.cache-bytes = 0");
    all.add("run.data = \"" + TroubledFileSystem.name(world.run) + "\"");
    PretrainConfig config =
        PretrainConfig.from(TinyTraining.config(world, run, all.toArray(String[]::new)));
    return new PretrainAction(spark, config, progress);
  }

  private AfterRounds trainWith(SparkListener listener, String... settings) {
    TroubledFileSystem.set(hadoop(), Trouble.NONE);
    return train(listener, new AfterRounds(0), settings);
  }

  private AfterRounds train(SparkListener listener, AfterRounds progress, String... settings) {
    spark.sparkContext().addSparkListener(listener);
    try {
      var unused = action(spark, folder, progress, settings).run();
    } finally {
      spark.sparkContext().removeSparkListener(listener);
    }
    return progress;
  }

  @Test
  void anExecutorKilledInARoundChangesNoBit() throws IOException {
    try (Killer killer = new Killer(cluster, 4, 0, 20)) {
      var unused = trainWith(killer, "pretrain.averaging.through = driver");
      assertThat(killer.moment()).isPresent();
    }
    assertThat(Outcome.of(folder)).isEqualTo(undisturbed);
    assertThat(Files.readString(folder.resolve("metrics.jsonl"))).contains("\"lost_executors\":1");
  }

  /** From the first round, whose executors load their classes yet, to the last. */
  @Tag("chaos")
  @ParameterizedTest
  @CsvSource({
    "driver, 1, 0, 0", "driver, 1, 0, 1500", "driver, 2, 0, 0", "driver, 2, 0, 40",
    "driver, 3, 0, 80", "driver, 4, 0, 10", "driver, 4, 0, 160", "driver, 5, 0, 5",
    "driver, 6, 0, 30", "driver, 6, 0, 120", "shuffle, 1, 0, 0", "shuffle, 1, 1, 0",
    "shuffle, 2, 0, 40", "shuffle, 2, 1, 5", "shuffle, 3, 0, 80", "shuffle, 3, 1, 15",
    "shuffle, 4, 0, 10", "shuffle, 4, 1, 30", "shuffle, 5, 1, 10", "shuffle, 6, 0, 30"
  })
  void anExecutorKilledAtAnyMomentChangesNoBit(
      String through, int round, int stage, long delayMillis) throws IOException {
    long begin = System.nanoTime();
    try (Killer killer = new Killer(cluster, round, stage, delayMillis)) {
      AfterRounds told = trainWith(killer, "pretrain.averaging.through = " + through);
      assertThat(killer.moment()).isPresent();
      assertThat(Outcome.of(folder)).isEqualTo(undisturbed);
      System.out.printf(
          Locale.ROOT,
          "executor killed %d ms into %s of round %d, averages through %s, %s: %d rounds run again,"
              + " %.1f s, same bits%n",
          delayMillis,
          stage == 0 ? "the replicas" : "the averages",
          round,
          through,
          killer.moment().orElseThrow(),
          told.lines.stream().filter(line -> line.contains("run again")).count(),
          (System.nanoTime() - begin) / 1e9);
    }
  }

  /** Keeps what tasks were begun. */
  private static final class Begun extends SparkListener {
    private final List<TaskInfo> tasks = new CopyOnWriteArrayList<>();

    @Override
    public void onTaskStart(SparkListenerTaskStart event) {
      tasks.add(event.taskInfo());
    }
  }

  @Tag("chaos")
  @Test
  void aTaskThatAlwaysExitsEndsTheTrainingAfterFourAttempts() throws IOException {
    TroubledFileSystem.set(hadoop(), Trouble.NONE);
    AfterRounds three = new AfterRounds(3);
    PretrainAction interrupted = action(spark, folder, three);
    three.then = interrupted::interrupt;
    assertThatThrownBy(interrupted::run).hasMessageContaining("interrupted after round 3");

    TroubledFileSystem.set(hadoop(), Trouble.DEATH);
    Begun begun = new Begun();
    long begin = System.nanoTime();
    UserError error = catchThrowableOfType(UserError.class, () -> train(begun, new AfterRounds(0)));
    double seconds = (System.nanoTime() - begin) / 1e9;
    assertThat(error.exitCode()).isEqualTo(4);
    assertThat(error)
        .hasMessageContaining("Round 4 failed: the executors that ran one of its tasks died")
        .hasMessageContaining("Run the same command again to resume");
    assertThat(begun.tasks).extracting(TaskInfo::attemptNumber).contains(3).allMatch(n -> n <= 3);
    assertThat(seconds).isLessThan(100);
    Path checkpoints = folder.resolve("checkpoints");
    assertThat(Outcome.names(checkpoints, ""))
        .containsExactly("_attempt", "round-000002", "round-000003");
    assertThat(checkpoints.resolve("round-000003/MANIFEST.json")).exists();
    System.out.printf(
        Locale.ROOT, "a task that always exits: the training ends after %.1f s%n", seconds);

    var unused = trainWith(new Begun());
    assertThat(Outcome.of(folder)).isEqualTo(undisturbed);
  }

  @Test
  void aSlowExecutorIsOvertakenWithTheSameBits() throws IOException {
    Begun begun = new Begun();
    TroubledFileSystem.setSlow(hadoop(), spark.sparkContext().getExecutorIds().head());
    var unused = train(begun, new AfterRounds(0));
    assertThat(begun.tasks).filteredOn(TaskInfo::speculative).isNotEmpty();
    assertThat(Outcome.of(folder)).isEqualTo(undisturbed);
  }
}
