package org.trispike.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** EMR's steps, Airflow's DAG, container files and Spark's defaults. */
final class DeployFilesTest {
  private static final Path DEPLOY = JobLinesTest.DEPLOY;

  @Test
  void stepsAreWhatEmrTakes() throws IOException {
    JsonNode steps =
        new ObjectMapper().readTree(Files.readString(DEPLOY.resolve("emr/steps.json")));
    assertThat(Schema.faults("emr-steps.json", "Steps", steps)).isEmpty();
    for (JsonNode step : steps) {
      List<String> arguments = new ArrayList<>();
      step.get("Args").forEach(argument -> arguments.add(argument.textValue()));
      assertThat(arguments).containsSequence("--class", "org.trispike.jobs.Main");
      SparkDefaults.read()
          .forEach(
              (key, value) -> assertThat(arguments).containsSequence("--conf", key + "=" + value));
    }
  }

  @Test
  void theDagIsPython() throws IOException, InterruptedException {
    boolean python =
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "python3")));
    assumeTrue(python, "no python3 here to parse the DAG");
    String parse = "import ast, sys; ast.parse(open(sys.argv[1], encoding='utf-8').read())";
    Ran ran =
        Ran.run(
            Map.of(), "python3", "-c", parse, DEPLOY.resolve("airflow/trispike_dag.py").toString());
    assertThat(ran.code()).as(ran.output()).isZero();
  }

  static List<Path> containerFiles() throws IOException {
    try (Stream<Path> files = Files.list(DEPLOY.resolve("container"))) {
      return files.toList();
    }
  }

  @ParameterizedTest
  @MethodSource("containerFiles")
  void imagesArePinnedAndNotRunByRoot(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    assertThat(lines)
        .filteredOn(line -> line.startsWith("FROM "))
        .isNotEmpty()
        .allMatch(
            line -> line.matches("FROM \\S+:[\\w.-]*\\d[\\w.-]*( AS \\w+)?"), "has a version");
    String user =
        lines.stream().filter(line -> line.startsWith("USER ")).reduce((a, b) -> b).orElse("");
    assertThat(user).matches("USER [1-9]\\d*");
  }

  @Test
  void theClusterIsAuthenticatedEncryptedAndDiscreet() throws IOException {
    Map<String, String> defaults = SparkDefaults.read();
    assertThat(defaults)
        .containsEntry("spark.authenticate", "true")
        .containsEntry("spark.network.crypto.enabled", "true")
        .containsEntry("spark.io.encryption.enabled", "true")
        .containsKey("spark.redaction.regex");
    assertThat(defaults.get("spark.executor.extraJavaOptions"))
        .isEqualTo(defaults.get("spark.driver.extraJavaOptions"))
        .contains(
            "--add-modules=jdk.incubator.vector", "-XX:+UseParallelGC", "-Djdk.serialFilter=");
  }
}
