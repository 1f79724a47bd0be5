package org.trispike.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
      undisturbed = train(alone, shared.resolve("alone"), Progress.silent());
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

  private static Outcome train(
      SparkSession spark, Path run, Progress progress, String... settings) throws IOException {
    TroubledFileSystem.set(spark.sparkContext().hadoopConfiguration(), Trouble.NONE);
    var unused = action(spark, run, progress, settings).run();
    return Outcome.of(run);
  }

  private static PretrainAction action(
      SparkSession spark, Path run, Progress progress, String... settings) {
    PretrainConfig config = PretrainConfig.from(TinyTraining.config(world, run, settings));
    return new PretrainAction(spark, config, progress);
  }

  /** Settings of a training whose tasks read through a {@link TroubledFileSystem}. */
  private static String[] troubled() {
    return new String[] {
      "pretrain.cache-bytes = 0", "run.data = \"" + TroubledFileSystem.name(world.run) + "\""
    };
  }

  private Outcome trainWith(Killer killer, String... settings) throws IOException {
    spark.sparkContext().addSparkListener(killer);
    try (killer) {
      return train(spark, folder, killer, settings);
    } finally {
      spark.sparkContext().removeSparkListener(killer);
    }
  }

  @Test
  void aKilledExecutorChangesNoBit() throws IOException {
    Killer killer = new Killer(3, 0, cluster::killExecutor);
    assertThat(trainWith(killer)).isEqualTo(undisturbed);
    assertThat(killer.interrupted()).isNotNull();
    assertThat(Files.readString(folder.resolve("metrics.jsonl"))).contains("\"lost_executors\":1");
  }

  /** From the first round, whose executors load their classes yet, to the last. */
  @Tag("chaos")
  @ParameterizedTest
  @CsvSource({
    "driver, 0, 0", "driver, 0, 1500", "driver, 1, 10", "driver, 2, 100", "driver, 3, 200",
    "driver, 4, 300", "driver, 5, 50", "driver, 6, 150", "driver, 7, 250", "driver, 8, 20",
    "shuffle, 0, 0", "shuffle, 0, 1500", "shuffle, 1, 10", "shuffle, 2, 100", "shuffle, 3, 200",
    "shuffle, 4, 300", "shuffle, 5, 50", "shuffle, 6, 150", "shuffle, 7, 250", "shuffle, 8, 20"
  })
  void noMomentOfAKillChangesABit(String through, int round, long delayMillis) throws IOException {
    Killer killer = new Killer(round, delayMillis, cluster::killExecutor);
    long begin = System.nanoTime();
    assertThat(trainWith(killer, "pretrain.averaging.through = " + through)).isEqualTo(undisturbed);
    assertThat(killer.interrupted()).isNotNull();
    System.out.printf(
        "executor killed %4d ms after round %d (%s), averages through %s: same bits, %.1f s, %s%n",
        delayMillis,
        round,
        killer.interrupted(),
        through,
        (System.nanoTime() - begin) / 1e9,
        killer.lines().stream().filter(line -> line.contains("run again")).count()
            + " rounds run again");
  }

  @Tag("chaos")
  @Test
  void anExecutorThatDiesEachTimeEndsTheTrainingResumable() throws IOException {
    Path run = folder.resolve("run");
    Killer deadly =
        new Killer(
            3,
            0,
            () -> {
              TroubledFileSystem.set(spark.sparkContext().hadoopConfiguration(), Trouble.DEATH);
              return true;
            });
    TroubledFileSystem.set(spark.sparkContext().hadoopConfiguration(), Trouble.NONE);
    long begin = System.nanoTime();
    UserError error =
        catchThrowableOfType(UserError.class, action(spark, run, deadly, troubled())::run);
    assertThat(error.kind()).isEqualTo(UserError.Kind.ENVIRONMENT);
    assertThat(error).hasMessageContaining("Run the same command again to resume");
    assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(100));
    assertThat(run.resolve("checkpoints/result.json")).doesNotExist();
    assertThat(train(spark, run, Progress.silent())).isEqualTo(undisturbed);
  }

  @Test
  void aSlowExecutorIsOvertakenWithTheSameBits() throws IOException {
    Set<Long> overtakers = ConcurrentHashMap.newKeySet();
    SparkListener speculation =
        new SparkListener() {
          @Override
          public void onTaskStart(SparkListenerTaskStart event) {
            if (event.taskInfo().speculative()) {
              overtakers.add(event.taskInfo().taskId());
            }
          }
        };
    spark.sparkContext().addSparkListener(speculation);
    String slow = spark.sparkContext().getExecutorIds().head();
    TroubledFileSystem.setSlow(spark.sparkContext().hadoopConfiguration(), slow);
    var unused = action(spark, folder, Progress.silent(), troubled()).run();
    spark.sparkContext().removeSparkListener(speculation);
    assertThat(overtakers).isNotEmpty();
    assertThat(Outcome.of(folder)).isEqualTo(undisturbed);
  }
}
