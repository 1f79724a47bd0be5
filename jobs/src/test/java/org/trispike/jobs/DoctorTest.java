package org.trispike.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The verb for real, in one JVM. */
final class DoctorTest {
  @RegisterExtension private final StandardStreams streams = new StandardStreams();

  @TempDir private Path folder;

  private String out() {
    return streams.out();
  }

  @Test
  void findsThisMachineFitAndLeavesNothingBehind() throws IOException {
    String run = "run.dir=" + folder.resolve("runs/x");

    int code = Main.run("doctor", "--json", "--master", "local[2]", "--set", run);

    JsonNode json = new ObjectMapper().readTree(out());
    assertThat(code).as(out()).isZero();
    assertThat(json.get("healthy").booleanValue()).isTrue();
    assertThat(json.get("findings").findValuesAsText("check"))
        .contains("spark", "java", "versions", "vector", "natives", "serial", "gpu", "storage")
        .contains("disk", "memory");
    assertThat(json.get("findings").findValuesAsText("seen"))
        .contains("run.dir = " + folder.resolve("runs/x") + ": can be written to")
        .anyMatch(seen -> seen.startsWith("driver: Java 17."))
        .anyMatch(seen -> seen.startsWith("driver: ND4J loads"));
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void saysWhatStandsInTheWayAndEndsWithFour() {
    int code =
        Main.run(
            "doctor",
            "--master",
            "local[1]",
            "--set",
            "run.dir=" + folder,
            "--set",
            "compute.device=cuda",
            "--set",
            "data.triplets=" + folder.resolve("none.csv"));

    assertThat(code).isEqualTo(4);
    assertThat(out().lines())
        .anyMatch(
            line ->
                line.startsWith("fail  gpu        compute.device = cuda, which this build has no")
                    && line.contains("Mend: --set compute.device=cpu"))
        .anyMatch(
            line ->
                line.startsWith("fail  storage    data.triplets = ")
                    && line.contains("none.csv: it is not there (FileNotFoundException). Mend: "));
  }

  @Test
  void judgesWhatItCanWhereSparkDoesNotStart() {
    int code =
        Main.run("doctor", "--master", "spark://", "--set", "run.dir=" + folder.resolve("x"));

    assertThat(code).isEqualTo(4);
    assertThat(out().lines())
        .anyMatch(line -> line.startsWith("fail  spark      Spark did not start at spark://"))
        .anyMatch(line -> line.startsWith("ok    java       driver: Java 17."));
  }

  @Test
  void namesItsChecksInADryRun() {
    assertThat(Main.run("doctor", "--dry-run")).isZero();
    assertThat(out()).contains("doctor: spark, java,").contains("Nothing was examined");
  }
}
