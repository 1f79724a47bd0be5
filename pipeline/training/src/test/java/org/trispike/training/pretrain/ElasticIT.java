package org.trispike.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trispike.datasets.Progress;
import org.trispike.training.Outcome;
import org.trispike.training.StandaloneCluster;
import org.trispike.training.TinyTraining;
import org.trispike.training.evaluate.TinyWorld;

/** However many executors there are, and whether they stay: the bits are the same. */
@Tag("chaos")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class ElasticIT {
  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static StandaloneCluster cluster;
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
    cluster = StandaloneCluster.start(shared.resolve("cluster"), 4);
  }

  @AfterAll
  static void end() {
    cluster.close();
  }

  private static Outcome train(SparkSession spark, Path run, Progress progress) throws IOException {
    PretrainConfig config = PretrainConfig.from(TinyTraining.config(world, run));
    var unused = new PretrainAction(spark, config, progress).run();
    return Outcome.of(run);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void aNumberOfExecutorsChangesNoBit(int executors) throws IOException {
    try (SparkSession spark =
        cluster.application().config("spark.cores.max", executors).getOrCreate()) {
      assertThat(train(spark, folder, Progress.silent())).isEqualTo(undisturbed);
      assertThat(spark.sparkContext().getExecutorIds().size()).isEqualTo(executors);
    }
  }

  /** Dynamic allocation: idle executors leave while nothing is to do, and others join for more. */
  @Test
  void executorsLeaveAndJoinBetweenRounds() throws IOException {
    List<String> events = new CopyOnWriteArrayList<>();
    SparkListener watch =
        new SparkListener() {
          @Override
          public void onExecutorAdded(SparkListenerExecutorAdded event) {
            events.add("joins");
          }

          @Override
          public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
            events.add("leaves");
          }
        };
    try (SparkSession spark =
        cluster
            .application()
            .config("spark.cores.max", 2)
            .config("spark.dynamicAllocation.enabled", true)
            .config("spark.dynamicAllocation.shuffleTracking.enabled", true)
            .config("spark.dynamicAllocation.initialExecutors", 2)
            .config("spark.dynamicAllocation.maxExecutors", 2)
            .config("spark.dynamicAllocation.executorIdleTimeout", "1s")
            .config("spark.dynamicAllocation.cachedExecutorIdleTimeout", "1s")
            .config("spark.dynamicAllocation.schedulerBacklogTimeout", "1s")
            .getOrCreate()) {
      spark.sparkContext().addSparkListener(watch);
      AfterRounds pause = new AfterRounds(3);
      pause.then = () -> await(events, "leaves");
      assertThat(train(spark, folder, pause)).isEqualTo(undisturbed);
    }
    assertThat(events.subList(events.indexOf("leaves"), events.size())).contains("joins");
  }

  /** Waits until it has happened. */
  private static void await(List<String> events, String event) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    try {
      while (!events.contains(event) && System.nanoTime() < end) {
        Thread.sleep(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    assertThat(events).contains(event);
  }
}
