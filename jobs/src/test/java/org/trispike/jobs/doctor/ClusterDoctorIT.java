package org.trispike.jobs.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.jobs.config.Settings;

/** Doctor on executors that are processes of their own. */
final class ClusterDoctorIT {
  @TempDir private Path folder;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void asksEveryExecutorAndTellsWhatTheyLack() throws IOException {
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    Path run = Files.createDirectory(folder.resolve("run"));
    Config config = Settings.resolve(Optional.empty(), List.of("run.dir=" + run)).config();
    Diagnosis diagnosis;
    try (SparkSession spark =
        SparkSession.builder()
            .master("local-cluster[2,1,1024]")
            .appName("doctor")
            .config("spark.ui.enabled", false)
            .config("spark.executor.instances", 2)
            .config("spark.executor.extraClassPath", System.getProperty("surefire.test.class.path"))
            .getOrCreate()) {
      diagnosis =
          new DoctorAction(config, new Configuration())
              .run(JavaSparkContext.fromSparkContext(spark.sparkContext()));
    }
    assertThat(seen(diagnosis, "spark"))
        .singleElement()
        .asString()
        .contains("2 executors, 2 tasks");
    assertThat(seen(diagnosis, "java"))
        .singleElement()
        .asString()
        .matches("driver, executor \\d on \\S+, executor \\d on \\S+: Java 17\\..*");
    // Nobody gave the executors the module, nor a filter.
    assertThat(seen(diagnosis, "vector"))
        .anyMatch(
            line -> line.matches("executor .*, executor .*: no module jdk.incubator.vector.*"));
    assertThat(seen(diagnosis, "serial"))
        .anyMatch(line -> line.contains("executor") && line.endsWith("is not filtered"));
    assertThat(seen(diagnosis, "storage"))
        .contains("run.dir = " + run + ": can be written to")
        .anyMatch(line -> line.matches("executor .*, executor .*: sees what the driver writes"));
    assertThat(seen(diagnosis, "clock"))
        .containsExactly("no executor's clock is 2 s off the driver's");
    assertThat(seen(diagnosis, "memory")).anyMatch(line -> line.startsWith("executor "));
    try (Stream<Path> left = Files.list(run)) {
      assertThat(left).isEmpty();
    }
  }

  private static List<String> seen(Diagnosis diagnosis, String check) {
    return diagnosis.findings().stream()
        .filter(finding -> finding.check().equals(check))
        .map(Finding::seen)
        .toList();
  }
}
