package org.trispike.training.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trispike.kernels.KeyedRandom;
import org.trispike.training.averaging.Gathering.Gathered;

/** Both ways of averaging against means by a plain loop, bit for bit. */
final class GatheringTest {
  private static final int PARAMETERS = 1000;
  private static final int UPDATER = 2000;

  @TempDir private static Path disk;
  private static JavaSparkContext spark;

  @BeforeAll
  static void begin() {
    SparkSession session =
        SparkSession.builder()
            .master("local[2]")
            .appName("gathering")
            .config("spark.ui.enabled", false)
            .config("spark.local.dir", disk.toString())
            .getOrCreate();
    spark = JavaSparkContext.fromSparkContext(session.sparkContext());
  }

  @AfterAll
  static void end() {
    spark.stop();
  }

  private static float[] values(long replica, long which, int size) {
    KeyedRandom random = KeyedRandom.of(replica, which);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      // Of very different size, so that another order of sums would show.
      values[i] = (float) (random.nextGaussian() * Math.pow(10, random.uniform(-6, 6)));
    }
    // Zeros of either sign: sums lose it, and what is passed on does not.
    values[size / 2] = -0f;
    return values;
  }

  private static JavaRDD<ReplicaResult> replicas(int count) {
    return spark
        .parallelize(IntStream.range(0, count).boxed().toList(), count)
        .map(GatheringTest::replica);
  }

  private static ReplicaResult replica(int w) {
    Figures figures = new Figures();
    figures.add("samples", 10 + w);
    return new ReplicaResult(
        values(w, 1, PARAMETERS),
        values(w, 2, UPDATER),
        new ReplicaReport(w, 3, 33, 2, figures, 5, new float[] {w}, new float[0]));
  }

  private static float[] mean(int replicas, long which, int size) {
    if (replicas == 1) {
      return values(0, which, size);
    }
    float[] mean = new float[size];
    for (int i = 0; i < size; i++) {
      double sum = 0;
      for (int w = 0; w < replicas; w++) {
        sum += values(w, which, size)[i];
      }
      mean[i] = (float) (sum / replicas);
    }
    return mean;
  }

  private static void verify(int replicas, Gathered gathered) {
    assertThat(bits(gathered.parameters())).isEqualTo(bits(mean(replicas, 1, PARAMETERS)));
    assertThat(bits(gathered.updater())).isEqualTo(bits(mean(replicas, 2, UPDATER)));
    assertThat(gathered.reports()).hasSize(replicas);
    for (int w = 0; w < replicas; w++) {
      ReplicaReport report = gathered.reports().get(w);
      assertThat(report.replica()).isEqualTo(w);
      assertThat(report.steps()).isEqualTo(3);
      assertThat(report.statistics()).containsExactly(w);
      assertThat(report.figures().sum("samples")).isEqualTo(10 + w);
    }
  }

  private static int[] bits(float[] values) {
    return IntStream.range(0, values.length).map(i -> Float.floatToRawIntBits(values[i])).toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void theDriverTakesMeansInTheOrderOfTheReplicas(int replicas) {
    verify(replicas, new DriverGathering().gather(replicas(replicas)));
  }

  @ParameterizedTest
  @CsvSource({"1, 2, 64", "2, 1, 64", "5, 1, 64", "5, 2, 64", "5, 4, 64", "5, 4, 7", "3, 4, 9999"})
  void theShuffleGivesTheSameBitsWhateverItsPartitions(int replicas, int partitions, int size) {
    Blocks blocks = new Blocks(PARAMETERS, UPDATER, size);
    ShuffleGathering gathering = new ShuffleGathering(blocks, replicas, partitions);
    verify(replicas, gathering.gather(replicas(replicas)));
  }

  @Test
  void aReplicaThatIsMissingIsNamed() {
    Blocks blocks = new Blocks(PARAMETERS, UPDATER, 64);
    JavaRDD<ReplicaResult> lossy = replicas(3).filter(result -> result.report().replica() != 1);
    assertThatThrownBy(() -> new ShuffleGathering(blocks, 3, 2).gather(lossy))
        .isInstanceOf(SparkException.class)
        .hasMessageContaining("Replica 1 of block")
        .hasMessageContaining("is missing");
  }

  @Test
  void theShuffleLeavesNoFilesBehind() throws IOException, InterruptedException {
    Blocks blocks = new Blocks(PARAMETERS, UPDATER, 64);
    var unused = new ShuffleGathering(blocks, 3, 2).gather(replicas(3));
    // They are deleted beside the driver's work.
    for (int i = 0; i < 100 && !shuffled().isEmpty(); i++) {
      Thread.sleep(50);
    }
    assertThat(shuffled()).isEmpty();
  }

  private static List<String> shuffled() throws IOException {
    try (Stream<Path> files = Files.walk(disk)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("shuffle_"))
          .toList();
    }
  }
}
