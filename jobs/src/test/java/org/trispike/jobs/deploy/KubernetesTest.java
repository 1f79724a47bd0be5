package org.trispike.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests are what the Spark Operator and Kubernetes take, and locked down. */
final class KubernetesTest {
  private static final Path FOLDER = JobLinesTest.DEPLOY.resolve("kubernetes");
  private static final String SCHEMA = "sparkoperator-v1beta2.json";

  private static JsonNode read(String name) throws IOException {
    return Schema.yaml(Files.readString(FOLDER.resolve(name)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pretrain.yaml", "embed-gpu.yaml", "nightly-shard.yaml", "weekly-pretrain.yaml"})
  void eachIsWhatTheOperatorTakes(String name) throws IOException {
    JsonNode manifest = read(name);
    String kind = manifest.get("kind").textValue();
    assertThat(Schema.faults(SCHEMA, kind, manifest)).isEmpty();
    JsonNode spec =
        kind.startsWith("Scheduled") ? manifest.at("/spec/template") : manifest.get("spec");
    Map<String, String> missing = SparkDefaults.read();
    spec.get("sparkConf")
        .fields()
        .forEachRemaining(entry -> missing.remove(entry.getKey(), entry.getValue().textValue()));
    assertThat(missing).as("settings of conf/spark-defaults.conf").isEmpty();
    for (String side : List.of("driver", "executor")) {
      isLockedDown(
          spec.at("/" + side + "/podSecurityContext"), spec.at("/" + side + "/securityContext"));
      assertThat(spec.at("/" + side + "/volumeMounts").findValuesAsText("mountPath"))
          .contains("/tmp");
    }
  }

  private static void isLockedDown(JsonNode pod, JsonNode container) {
    assertThat(pod.get("runAsNonRoot").booleanValue()).isTrue();
    assertThat(pod.get("runAsUser").intValue()).isPositive();
    assertThat(pod.at("/seccompProfile/type").textValue()).isEqualTo("RuntimeDefault");
    assertThat(container.get("allowPrivilegeEscalation").booleanValue()).isFalse();
    assertThat(container.get("readOnlyRootFilesystem").booleanValue()).isTrue();
    assertThat(container.at("/capabilities/drop/0").textValue()).isEqualTo("ALL");
  }

  @Test
  void executorsOfSparkSubmitAreLockedDownAsWell() throws IOException {
    JsonNode pod = read("executor-pod.yaml");
    assertThat(Schema.faults(SCHEMA, "Pod", pod)).isEmpty();
    isLockedDown(pod.at("/spec/securityContext"), pod.at("/spec/containers/0/securityContext"));
  }

  @Test
  void gpusAreAskedForByTheResourcesOfSpark() throws IOException {
    Map<String, String> conf = new TreeMap<>();
    read("embed-gpu.yaml")
        .at("/spec/sparkConf")
        .fields()
        .forEachRemaining(entry -> conf.put(entry.getKey(), entry.getValue().textValue()));
    assertThat(conf)
        .containsEntry("spark.executor.resource.gpu.amount", "1")
        .containsEntry("spark.executor.resource.gpu.vendor", "nvidia.com")
        .containsEntry("spark.task.resource.gpu.amount", "1")
        .containsEntry(
            "spark.executor.resource.gpu.discoveryScript", "/opt/trispike/deploy/gpu-discovery.sh");
  }

  @Test
  void aFaultyManifestIsFound() throws IOException {
    JsonNode manifest =
        Schema.yaml(
            """
            apiVersion: sparkoperator.k8s.io/v1beta2
            kind: SparkApplication
            metadata: {name: x}
            spec:
              type: Kotlin
              sparkVersion: 3.5
              mainApplicationFile: local:///x.jar
              argument: ["run"]
              driver: {cores: 0}
              restartPolicy: {type: OnFailure, onFailureRetries: "3"}
            """);
    assertThat(Schema.faults(SCHEMA, "SparkApplication", manifest))
        .containsExactlyInAnyOrder(
            "/spec/executor is missing",
            "/spec/type is none of [\"Java\",\"Python\",\"Scala\",\"R\"]: \"Kotlin\"",
            "/spec/sparkVersion is no string: 3.5",
            "/spec/argument is unknown",
            "/spec/driver/cores is too small: 0",
            "/spec/restartPolicy/onFailureRetries is no integer: \"3\"");
  }
}
