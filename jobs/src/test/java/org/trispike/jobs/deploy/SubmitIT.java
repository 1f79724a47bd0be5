package org.trispike.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.Progress;
import org.trispike.training.Outcome;
import org.trispike.training.StandaloneCluster;
import org.trispike.training.TinyTraining;
import org.trispike.training.evaluate.TinyWorld;
import org.trispike.training.pretrain.PretrainAction;
import org.trispike.training.pretrain.PretrainConfig;

/**
 * The runnable jar, which {@code mvn -Pdist} makes, by deploy/spark-submit/standalone.sh on a
 * cluster that was started by hand and has Spark's own jars alone; its parts must know a secret,
 * and encrypt what they say.
 */
@Tag("chaos")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class SubmitIT {
  @TempDir private Path folder;

  @Test
  void aSubmittedTrainingHasTheBitsOfALocalOne() throws Exception {
    Optional<Path> runnable = runnable();
    assumeThat(runnable).as("mvn -Pdist made the runnable jar").isPresent();
    Path settings = folder.resolve("tiny.conf");
    Outcome local = trainHere(settings);

    Path spark = folder.resolve("spark");
    SparkDistribution.make(spark, runnable.get());
    String secret = UUID.randomUUID().toString();
    Path submitted = folder.resolve("submitted");
    try (StandaloneCluster cluster =
        StandaloneCluster.of(spark, folder.resolve("cluster"), 2, secret(secret))) {
      Ran ran = submit(runnable.get(), spark, cluster.url(), settings, submitted);
      assertThat(ran.code()).as(ran.output()).isZero();
      assertThat(ran.output()).doesNotContain(secret);
    }
    assertThat(Outcome.of(submitted)).isEqualTo(local);
  }

  private static Optional<Path> runnable() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files.filter(file -> file.toString().endsWith("-dist.jar")).findFirst();
    }
  }

  private Outcome trainHere(Path settings) throws IOException {
    Path run = folder.resolve("local");
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("local")
            .config("spark.ui.enabled", false)
            .getOrCreate()) {
      TinyWorld world = new TinyWorld(folder, spark);
      Files.writeString(settings, TinyTraining.settings(world));
      PretrainConfig config = PretrainConfig.from(TinyTraining.config(world, run));
      var unused = new PretrainAction(spark, config, Progress.silent()).run();
    }
    return Outcome.of(run);
  }

  /** What {@code --properties-file} and the cluster's own processes are told. */
  private Path secret(String secret) throws IOException {
    Path file = folder.resolve("secret.conf");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(
        file,
        "spark.authenticate true\nspark.authenticate.secret "
            + secret
            + "\nspark.network.crypto.enabled true\n");
  }

  private Ran submit(Path runnable, Path spark, String master, Path settings, Path run)
      throws IOException, InterruptedException {
    Path home = ProjectHome.make(Files.createDirectory(folder.resolve("home")));
    Files.createSymbolicLink(
        home.resolve("jobs/target").resolve(runnable.getFileName()), runnable.toRealPath());
    return Ran.run(
        Map.of(
            "SPARK_HOME",
            spark.toString(),
            "SPARK_MASTER_URL",
            master,
            "DRIVER_MEMORY",
            "1g",
            "EXECUTOR_MEMORY",
            "1g"),
        home.resolve("deploy/spark-submit/standalone.sh").toString(),
        "--properties-file",
        folder.resolve("secret.conf").toString(),
        "--",
        "pretrain",
        "--config",
        settings.toString(),
        "--set",
        "run.dir=" + run);
  }
}
