package org.trispike.training.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** GPUs as Spark schedules them, on executors of their own, from a script that finds four. */
final class GpuTasksIT {
  private static final int TASKS = 16;

  @TempDir private Path folder;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void eachTaskHasAGpuToItself() throws IOException {
    List<Held> all;
    try (SparkSession spark = session(script())) {
      all =
          JavaSparkContext.fromSparkContext(spark.sparkContext())
              .parallelize(Collections.nCopies(TASKS, 0), TASKS)
              .map(new Hold())
              .collect();
    }
    assertThat(all).hasSize(TASKS);
    Map<String, Set<String>> executors =
        all.stream()
            .collect(
                Collectors.groupingBy(
                    Held::address, Collectors.mapping(Held::executor, Collectors.toSet())));
    assertThat(executors.keySet()).isSubsetOf("0", "1", "2", "3").hasSizeGreaterThan(1);
    assertThat(executors.values()).as("executors of a GPU").allMatch(some -> some.size() == 1);
    for (int i = 0; i < TASKS; i++) {
      for (Held other : all.subList(i + 1, TASKS)) {
        assertThat(all.get(i).meets(other)).as("%s and %s", all.get(i), other).isFalse();
      }
    }
  }

  /** Both workers of a local cluster are on this machine: each is told of two of its GPUs. */
  private Path script() throws IOException {
    Path script = folder.resolve("discover.sh");
    Files.writeString(
        script,
        """
        #!/bin/sh
        if mkdir '%s/first' 2>/dev/null; then a='"0", "1"'; else a='"2", "3"'; fi
        echo "{\\"name\\": \\"gpu\\", \\"addresses\\": [$a]}"
        """
            .formatted(folder));
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private static SparkSession session(Path script) throws IOException {
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    return SparkSession.builder()
        .master("local-cluster[2,2,1024]")
        .appName("gpu tasks")
        .config("spark.ui.enabled", false)
        .config("spark.executor.extraClassPath", System.getProperty("surefire.test.class.path"))
        .config("spark.worker.resource.gpu.amount", 2)
        .config("spark.worker.resource.gpu.discoveryScript", script.toString())
        .config("spark.executor.resource.gpu.amount", 2)
        .config("spark.task.resource.gpu.amount", 1)
        .getOrCreate();
  }

  /** Which GPU a task had, and when. */
  private record Held(String executor, String address, long beginMillis, long endMillis)
      implements Serializable {
    boolean meets(Held other) {
      return address.equals(other.address)
          && beginMillis < other.endMillis
          && other.beginMillis < endMillis;
    }
  }

  /** Holds its GPU for a while. */
  private static final class Hold implements Function<Integer, Held> {
    private static final long serialVersionUID = 1;

    @Override
    public Held call(Integer ignored) throws InterruptedException {
      long begin = System.currentTimeMillis();
      Device device = Devices.ofTask(Device.Kind.CUDA);
      Thread.sleep(200);
      return new Held(
          SparkEnv.get().executorId(), device.address(), begin, System.currentTimeMillis());
    }
  }
}
