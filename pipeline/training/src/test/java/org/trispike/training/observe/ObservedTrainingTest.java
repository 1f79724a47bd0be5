package org.trispike.training.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.Progress;
import org.trispike.training.TinyTraining;
import org.trispike.training.evaluate.TinyWorld;
import org.trispike.training.pretrain.PretrainAction;
import org.trispike.training.pretrain.PretrainConfig;

/** A training as Spark's Prometheus servlet, MLflow and Spark's list of jobs show it. */
final class ObservedTrainingTest {
  private static final String GAUGE =
      "metrics_trispike_driver_plugin_org_trispike_training_observe_TrispikePlugin_";

  @TempDir private static Path folder;
  private static SparkSession spark;

  @BeforeAll
  static void begin() {
    String servlet = "spark.metrics.conf.*.sink.prometheusServlet.";
    spark =
        SparkSession.builder()
            // Tasks that fail are tried again.
            .master("local[2,3]")
            .appName("observed")
            .config("spark.ui.enabled", true)
            .config("spark.ui.port", 0)
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.plugins", TrispikePlugin.class.getName())
            .config("spark.metrics.namespace", "trispike")
            .config(servlet + "class", "org.apache.spark.metrics.sink.PrometheusServlet")
            .config(servlet + "path", "/metrics/prometheus")
            .getOrCreate();
  }

  @AfterAll
  static void end() {
    spark.stop();
  }

  @Test
  void isShownByPrometheusAndMlflowAsInTheFileOfMetrics() throws Exception {
    TinyWorld world = new TinyWorld(folder, spark);
    Path run = folder.resolve("observed");
    assertThat(prometheus("loss")).isEqualTo("NaN");
    Jobs jobs = new Jobs();
    spark.sparkContext().addSparkListener(jobs);
    try (MlflowServer mlflow = new MlflowServer()) {
      Config config =
          TinyTraining.config(
              world,
              run,
              "mlflow.tracking-uri = \"" + mlflow.uri() + "\"",
              "pretrain.negatives.bank = 8");
      var unused =
          new PretrainAction(
                  spark,
                  PretrainConfig.from(config),
                  Progress.silent(),
                  RoundListeners.from(config))
              .run();
      List<String> lines = Files.readAllLines(run.resolve("metrics.jsonl"));
      JsonNode last = new ObjectMapper().readTree(lines.get(lines.size() - 1));
      assertThat(prometheus("round")).isEqualTo(lines.size() + ".0");
      for (String name : List.of("loss", "firing_rate", "samples_per_second", "gradient_norm")) {
        assertThat(prometheus(name)).as(name).isEqualTo(last.get(name).asText());
      }
      assertThat(prometheus("validation_score")).isEqualTo(last.at("/validation/score").asText());
      assertThat(prometheus("failed_tasks")).isEqualTo("0");
      MlflowServer.Run told = mlflow.runs.get(0);
      assertThat(told.status).isEqualTo("FINISHED");
      assertThat(told.metrics.get("loss@" + lines.size())).isEqualTo(last.get("loss").asDouble());
      assertThat(told.metrics.keySet().stream().filter(key -> key.startsWith("loss@")))
          .hasSameSizeAs(lines);
      assertThat(last.get("slowest_replica_seconds").asDouble())
          .isBetween(last.get("median_replica_seconds").asDouble(), last.get("seconds").asDouble());
    }
    spark.sparkContext().listenerBus().waitUntilEmpty();
    // Every job has a name that says what it is for.
    assertThat(jobs.names)
        .contains(
            "pretrain: epoch 1, round 1 of 6",
            "pretrain: 8 negatives for round 1",
            "pretrain: validation after round 2")
        .allMatch(name -> name.startsWith("pretrain: "));
  }

  @Test
  void mishapsAreCountedOnce() throws Exception {
    ClusterEvents events = new ClusterEvents();
    spark.sparkContext().addSparkListener(events);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    long rows =
        context
            .parallelize(List.of(1, 2, 3, 4), 2)
            .filter(
                row -> {
                  if (TaskContext.get().attemptNumber() == 0 && TaskContext.getPartitionId() == 1) {
                    throw new IllegalStateException("The first attempt fails");
                  }
                  return true;
                })
            .count();
    assertThat(rows).isEqualTo(4);
    events.onExecutorRemoved(new SparkListenerExecutorRemoved(0, "1", "worker lost"));
    spark.sparkContext().listenerBus().waitUntilEmpty();
    spark.sparkContext().removeSparkListener(events);
    assertThat(events.takeFailedTasks()).isEqualTo(1);
    assertThat(events.takeFailedTasks()).isZero();
    assertThat(events.takeLostExecutors()).isEqualTo(1);
    assertThat(events.takeLostExecutors()).isZero();
  }

  /** The value of a gauge, over HTTP. */
  private static String prometheus(String name) throws IOException, InterruptedException {
    URI uri = URI.create(spark.sparkContext().uiWebUrl().get() + "/metrics/prometheus/");
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    String start = GAUGE + name + "_Value{type=\"gauges\"} ";
    return response
        .body()
        .lines()
        .filter(line -> line.startsWith(start))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No " + start + " in\n" + response.body()))
        .substring(start.length());
  }

  /** The descriptions of jobs; that of a job without one is "null". */
  private static final class Jobs extends SparkListener {
    private final Set<String> names = Collections.synchronizedSet(new LinkedHashSet<>());

    @Override
    public void onJobStart(SparkListenerJobStart event) {
      names.add(String.valueOf(event.properties().get("spark.job.description")));
    }
  }
}
