package org.trispike.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

final class SessionsTest {
  private static SparkConf conf(String... settings) {
    return Sessions.conf(
        ConfigFactory.load()
            .withValue("spark.conf", ConfigValueFactory.fromIterable(List.of(settings))));
  }

  @Test
  void figuresOfTrainingsAreAmongSparksOwnBesideThePluginsOfOthers() {
    String ours = "org.trispike.training.observe.TrispikePlugin";
    assertThat(conf().get("spark.plugins")).isEqualTo(ours);
    assertThat(conf("spark.plugins=org.other.Plugin").get("spark.plugins"))
        .isEqualTo("org.other.Plugin," + ours);
    assertThat(conf("spark.plugins=" + ours).get("spark.plugins")).isEqualTo(ours);
    assertThat(conf("spark.metrics.namespace=mine").get("spark.metrics.namespace"))
        .isEqualTo("mine");
  }

  /** What a local run has, a cluster gets by the file that is handed to spark-submit. */
  @Test
  void theFileForClustersSaysTheSameOfMetrics() throws IOException {
    SparkConf conf = conf();
    List<String> lines = Files.readAllLines(Path.of("../conf/spark-defaults.conf"));
    assertThat(lines.stream().filter(line -> line.matches("spark\\.(plugins|metrics\\.).*")))
        .hasSize(4)
        .allSatisfy(
            line -> {
              String[] setting = line.split("\\s+", 2);
              assertThat(conf.get(setting[0])).isEqualTo(setting[1]);
            });
  }
}
