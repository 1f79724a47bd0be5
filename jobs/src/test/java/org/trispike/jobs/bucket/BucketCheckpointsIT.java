package org.trispike.jobs.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trispike.datasets.Progress;
import org.trispike.datasets.UserError;
import org.trispike.training.Outcome;
import org.trispike.training.TinyTraining;
import org.trispike.training.evaluate.TinyWorld;
import org.trispike.training.pretrain.PretrainAction;
import org.trispike.training.pretrain.PretrainConfig;

/** A training whose run folder is in a bucket that refuses requests and cuts connections. */
@Tag("chaos") // the client waits longer before each new attempt, up to minutes in all
final class BucketCheckpointsIT {
  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static S3Server server;
  private static FaultyProxy proxy;
  private static SparkSession spark;
  private static TinyWorld world;
  private static Outcome undisturbed;

  @BeforeAll
  static void begin() throws Exception {
    server = S3Server.start(shared);
    proxy = new FaultyProxy(server.port());
    server.makeBucket("patient");
    server.makeBucket("brittle");
    spark = proxy.spark("local[2]").getOrCreate();
    world = new TinyWorld(shared, spark);
    Path alone = shared.resolve("alone");
    train(alone.toString());
    undisturbed = Outcome.of(alone);
  }

  @AfterAll
  static void end() throws IOException {
    spark.stop();
    proxy.close();
    server.close();
  }

  @AfterEach
  void heal() throws IOException {
    proxy.heal();
    proxy.requests();
    // The server keeps objects in its memory.
    for (String bucket : List.of("s3a://patient/", "s3a://brittle/")) {
      FileSystem files = FileSystem.get(URI.create(bucket), hadoop());
      files.delete(new org.apache.hadoop.fs.Path(bucket + "run"), true);
    }
  }

  private static Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  private static void train(String run) {
    String directory = "run.dir = \"" + run + "\"";
    PretrainConfig config = PretrainConfig.from(TinyTraining.config(world, shared, directory));
    var unused = new PretrainAction(spark, config, Progress.silent()).run();
  }

  /** What lies in a run folder, copied from the bucket. */
  private Outcome outcome(String run) throws IOException {
    Path copy = folder.resolve("copy");
    FileSystem.get(URI.create(run), hadoop())
        .copyToLocalFile(
            false,
            new org.apache.hadoop.fs.Path(run),
            new org.apache.hadoop.fs.Path(copy.toUri()),
            true);
    return Outcome.of(copy);
  }

  @Test
  void twentyRefusalsAndThreeCutsOfUploadsAreGotOver() throws IOException {
    Set<String> refused = ConcurrentHashMap.newKeySet();
    AtomicInteger cuts = new AtomicInteger();
    Predicate<String> checkpoints = request -> request.contains("/checkpoints/");
    Predicate<String> uploads = request -> request.matches("PUT .*round-00000[24]/o.*");
    proxy.refuse(
        request ->
            checkpoints.test(request)
                && !uploads.test(request)
                && refused.size() < 20
                && refused.add(request));
    proxy.cut(request -> uploads.test(request) && cuts.incrementAndGet() <= 3);
    train("s3a://patient/run");
    assertThat(refused).hasSize(20);
    assertThat(cuts.get()).isGreaterThan(3);
    assertThat(outcome("s3a://patient/run")).isEqualTo(undisturbed);
  }

  @ParameterizedTest
  @CsvSource({"refused, model", "cut, optimizer", "refused, MANIFEST"})
  void aCheckpointThatCannotBeWrittenLeavesTheOneBeforeIt(String fault, String file)
      throws IOException {
    String run = "s3a://brittle/run";
    Predicate<String> uploads =
        request -> request.startsWith("PUT") && request.contains("round-000004/" + file);
    if (fault.equals("cut")) {
      proxy.cut(uploads);
    } else {
      proxy.refuse(uploads);
    }
    UserError error = catchThrowableOfType(UserError.class, () -> train(run));
    proxy.heal();
    assertThat(error.kind()).isEqualTo(UserError.Kind.ENVIRONMENT);
    assertThat(error)
        .hasMessageContaining("Cannot write checkpoint " + run + "/checkpoints/round-000004")
        .hasMessageContaining("earlier checkpoints are untouched");
    FileSystem files = FileSystem.get(URI.create(run), hadoop());
    assertThat(files.exists(manifest(run, 2))).isTrue();
    assertThat(files.exists(manifest(run, 4))).isFalse();
    train(run);
    assertThat(outcome(run)).isEqualTo(undisturbed);
  }

  private static org.apache.hadoop.fs.Path manifest(String run, int round) {
    return new org.apache.hadoop.fs.Path(run, "checkpoints/round-00000" + round + "/MANIFEST.json");
  }
}
