package org.trispike.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.Progress;
import org.trispike.training.TinyTraining;
import org.trispike.training.evaluate.TinyWorld;

/** Training on executors that are processes of their own, one of which is killed on the way. */
final class LostExecutorIT {
  @TempDir private Path folder;

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void aKilledExecutorChangesNoBitOfTheResult() throws IOException {
    Path alone = folder.resolve("alone");
    Path lossy = folder.resolve("lossy");
    TinyWorld world;
    try (SparkSession spark = session("local[2]")) {
      world = new TinyWorld(folder, spark);
      var unused = train(spark, world, alone, Progress.silent());
    }
    Killer killer = new Killer(3);
    try (SparkSession spark = session("local-cluster[2,1,1024]")) {
      var unused = train(spark, world, lossy, killer);
    }
    assertThat(killer.killed).isTrue();
    assertThat(Files.readString(lossy.resolve("metrics.jsonl"))).contains("\"lost_executors\":1");
    for (String file : List.of("model.safetensors", "optimizer.safetensors")) {
      assertThat(last(lossy).resolve(file)).hasSameBinaryContentAs(last(alone).resolve(file));
    }
  }

  private static SparkSession session(String master) throws IOException {
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    return SparkSession.builder()
        .master(master)
        .appName("lost executor")
        .config("spark.ui.enabled", false)
        .config("spark.plugins", "org.trispike.training.observe.TrispikePlugin")
        .config("spark.executor.extraClassPath", System.getProperty("surefire.test.class.path"))
        .config("spark.executor.extraJavaOptions", "--add-modules=jdk.incubator.vector")
        .getOrCreate();
  }

  private static PretrainResult train(
      SparkSession spark, TinyWorld world, Path run, Progress progress) {
    PretrainConfig config =
        PretrainConfig.from(TinyTraining.config(world, run, "pretrain.negatives.bank = 8"));
    return new PretrainAction(spark, config, progress).run();
  }

  private static Path last(Path run) throws IOException {
    try (Stream<Path> names = Files.list(run.resolve("checkpoints"))) {
      return names
          .filter(name -> name.getFileName().toString().startsWith("round-"))
          .max(Path::compareTo)
          .orElseThrow();
    }
  }

  /** Kills one executor after so many rounds. */
  private static final class Killer implements Progress {
    private final int rounds;
    private int updates;
    private boolean killed;

    Killer(int rounds) {
      this.rounds = rounds;
    }

    @Override
    public void start(String stage, long total, long done) {}

    @Override
    public void update(long done, String figures) {
      if (++updates == rounds) {
        killed =
            ProcessHandle.current()
                .descendants()
                // Masters and workers of a local cluster live in this process; what it started and
                // is a JVM is an executor.
                .filter(process -> process.info().command().orElse("").endsWith("java"))
                .findFirst()
                .map(ProcessHandle::destroyForcibly)
                .orElse(false);
      }
    }

    @Override
    public void line(String message) {}

    @Override
    public void finish(String summary) {}
  }
}
