package org.trispike.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trispike.jobs.Main;
import org.trispike.jobs.StandardStreams;

/** Each job line of deploy/ plans a run when it is given the input that it names. */
final class JobLinesTest {
  static final Path DEPLOY = Path.of("../deploy");

  @RegisterExtension private final StandardStreams streams = new StandardStreams();

  @TempDir private Path store;

  /** All that is there to submit something: files that run jobs without a line would rot. */
  static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(DEPLOY)) {
      return all.filter(Files::isRegularFile).filter(JobLinesTest::runsJobs).sorted().toList();
    }
  }

  private static boolean runsJobs(Path file) {
    String name = file.getFileName().toString();
    String folder = file.getParent().getFileName().toString();
    return name.equals("README.md")
        || List.of("spark-submit", "emr", "airflow").contains(folder)
        || (folder.equals("kubernetes") && !name.equals("executor-pod.yaml"));
  }

  @BeforeEach
  void prepare() throws IOException {
    Path shapes = Files.createDirectories(store.resolve("shapes"));
    Files.writeString(shapes.resolve("a.off"), "OFF\n3 1 0\n0 0 0\n1 0 0\n0 1 0\n3 0 1 2\n");
    Files.writeString(shapes.resolve("triplets.csv"), "shape,text\na.off,a triangle\n");
  }

  @ParameterizedTest
  @MethodSource("files")
  void eachPlansARun(Path file) throws IOException {
    List<List<String>> lines = JobLines.of(file);
    assertThat(lines).as("job lines of %s", file).isNotEmpty();
    for (List<String> line : lines) {
      streams.clear();
      List<String> here = new ArrayList<>(line.stream().map(this::here).toList());
      here.addAll(List.of("--dry-run", "--set", "data.views=0"));
      int code = Main.run(here.toArray(String[]::new));
      assertThat(code).as("%s\n%s", line, printed()).isZero();
      assertThat(printed()).contains("Nothing was");
    }
  }

  private String printed() {
    return streams.out() + streams.err();
  }

  /** What stands for the user's own places becomes a folder of this test. */
  private String here(String word) {
    return word.replace("s3a://BUCKET", store.toString())
        .replace("hdfs://", store.toString())
        .replaceFirst("=(/shared)?/?shapes/", "=" + store + "/shapes/")
        .replace("/shared", store.toString())
        .replace("/opt/trispike/", "../")
        .replaceFirst("^conf/", "../conf/")
        .replace("{{ ds }}", "2026-01-04")
        .replace("$(TRISPIKE_RUN)", "run-1");
  }

  @Test
  void theFilesAreThoseThatAreMeant() throws IOException {
    assertThat(files().stream().map(file -> DEPLOY.relativize(file).toString()))
        .containsExactlyInAnyOrder(
            "README.md",
            "airflow/trispike_dag.py",
            "emr/steps.json",
            "kubernetes/embed-gpu.yaml",
            "kubernetes/nightly-shard.yaml",
            "kubernetes/pretrain.yaml",
            "kubernetes/weekly-pretrain.yaml",
            "spark-submit/kubernetes.sh",
            "spark-submit/local.sh",
            "spark-submit/standalone.sh",
            "spark-submit/yarn.sh");
  }

  @Test
  void linesAreFoundInEveryNotation() throws IOException {
    Path file = store.resolve("x.sh");
    Files.writeString(
        file,
        """
        submit --master x -- run --set 'a=b c' \\
          --quiet
        {"Args": ["--class", "Main", "x.jar", "pretrain", "--set", "a=1"], "other": ["x", "y"]}
        """);
    assertThat(JobLines.of(file))
        .containsExactly(
            List.of("pretrain", "--set", "a=1"), List.of("run", "--set", "a=b c", "--quiet"));
  }
}
