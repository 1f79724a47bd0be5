package org.trispike.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shell scripts, run with programs in the place of spark-submit and nvidia-smi. */
final class ScriptsTest {
  private static final Path DEPLOY = JobLinesTest.DEPLOY;

  @TempDir private Path folder;

  static List<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.walk(DEPLOY)) {
      return files.filter(file -> file.toString().endsWith(".sh")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void eachIsAnExecutableShellScript(Path script) throws IOException, InterruptedException {
    assertThat(Files.isExecutable(script)).isTrue();
    Ran ran = Ran.run(Map.of(), "sh", "-n", script.toString());
    assertThat(ran.code()).as(ran.output()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "standalone", "yarn", "kubernetes"})
  void eachHandsItsOptionsSettingsAndJobToSparkSubmit(String name)
      throws IOException, InterruptedException {
    Path home = ProjectHome.make(folder.toRealPath());
    Files.createFile(home.resolve("jobs/target/trispike-jobs-1-dist.jar"));
    program(home.resolve("spark/bin/spark-submit"), "printf '%s\\n' \"$@\"");
    Map<String, String> environment =
        Map.of(
            "SPARK_HOME", home.resolve("spark").toString(),
            "SPARK_MASTER_URL", "spark://host:7077",
            "HADOOP_CONF_DIR", "/etc/hadoop",
            "KUBERNETES_MASTER", "https://host:6443",
            "TRISPIKE_IMAGE", "registry.example/trispike:1");

    Ran ran =
        Ran.run(
            environment,
            home.resolve("deploy/spark-submit/" + name + ".sh").toString(),
            "--executor-memory",
            "9g",
            "--",
            "run",
            "--set",
            "a=b c");

    assertThat(ran.code()).as(ran.output()).isZero();
    List<String> arguments = ran.output().lines().toList();
    String master =
        Map.of(
                "local", "local[*]",
                "standalone", "spark://host:7077",
                "yarn", "yarn",
                "kubernetes", "k8s://https://host:6443")
            .get(name);
    assertThat(arguments)
        .startsWith("--class", "org.trispike.jobs.Main")
        .containsSequence("--conf", "spark.authenticate=true")
        .containsSequence("--master", master)
        .containsSequence("--executor-memory", "9g")
        .endsWith(
            home.resolve("jobs/target/trispike-jobs-1-dist.jar").toString(),
            "run",
            "--set",
            "a=b c");
    // Of an option that is given twice, spark-submit takes the last.
    assertThat(arguments.lastIndexOf("--executor-memory") + 1).isEqualTo(arguments.indexOf("9g"));
  }

  private static void program(Path file, String body) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Ran discover(String nvidia) throws IOException, InterruptedException {
    program(folder.resolve("bin/nvidia-smi"), nvidia);
    String path = folder.resolve("bin") + ":" + System.getenv("PATH");
    return Ran.run(Map.of("PATH", path), DEPLOY.resolve("gpu-discovery.sh").toString());
  }

  @Test
  void gpusAreToldInTheWordsOfSpark() throws IOException, InterruptedException {
    Ran ran = discover("echo 0; echo 1; echo 10");
    assertThat(ran.code()).as(ran.output()).isZero();
    assertThat(new ObjectMapper().readTree(ran.output()))
        .isEqualTo(
            new ObjectMapper()
                .readTree("{\"name\": \"gpu\", \"addresses\": [\"0\", \"1\", \"10\"]}"));
  }

  @Test
  void noGpuIsAClearError() throws IOException, InterruptedException {
    assertThat(discover("true").output()).contains("nvidia-smi lists no GPU");
    assertThat(discover("echo No devices were found; exit 6").output())
        .contains("nvidia-smi failed: No devices were found");
    assertThat(discover("echo No devices").output()).contains("said 'No devices'");
    Ran none =
        Ran.run(
            Map.of("PATH", folder.toString()),
            "/bin/sh",
            DEPLOY.resolve("gpu-discovery.sh").toString());
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.output()).contains("no nvidia-smi here");
  }
}
