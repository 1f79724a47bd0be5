package org.trispike.training.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.Split;
import org.trispike.datasets.row.Column;
import org.trispike.datasets.row.Triplet;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.datasets.shard.ShardInfo;
import org.trispike.datasets.shard.ShardReader;
import org.trispike.training.evaluate.TinyWorld;

/** Banks of 18 training rows in two shards. */
final class NegativeBanksTest {
  private static final int ROWS = 18;
  private static final int BATCH = 4;

  @TempDir private static Path folder;
  private static JavaSparkContext spark;
  private static String directory;
  private static List<ShardInfo> shards;
  private static Broadcast<TrainingData> data;
  private static int width;

  @BeforeAll
  static void begin() throws Exception {
    SparkSession session =
        SparkSession.builder()
            .master("local[2]")
            .appName("banks")
            .config("spark.ui.enabled", false)
            .getOrCreate();
    spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    directory = new TinyWorld(folder, session).run + "/embedded";
    DatasetManifest manifest = DatasetManifest.read(new Configuration(), directory);
    shards = manifest.shards(Split.TRAIN);
    width = manifest.teacher().orElseThrow().dimension();
    data = spark.broadcast(data(1));
  }

  @AfterAll
  static void end() {
    spark.close();
  }

  private static TrainingData data(long seed) {
    return new TrainingData(
        directory,
        shards,
        new DrawConfig(seed, 64, 1, 1, Augmentation.none()),
        BATCH,
        ROWS,
        1 << 20,
        width,
        new Configuration());
  }

  private static List<RowAddress> addresses(TrainingData source, int round, int count) {
    return source.bank(round, count).stream().flatMap(part -> part.rows().stream()).toList();
  }

  @Test
  void aBankIsAPureFunctionOfSeedAndRound() {
    List<RowAddress> first = addresses(data(1), 3, 7);
    assertThat(first).hasSize(7).doesNotHaveDuplicates();
    assertThat(addresses(data(1), 3, 7)).isEqualTo(first);
    assertThat(addresses(data(1), 4, 7)).isNotEqualTo(first);
    assertThat(addresses(data(2), 3, 7)).isNotEqualTo(first);
    assertThat(addresses(data(1), 3, 1000)).hasSize(ROWS).doesNotHaveDuplicates();
  }

  @Test
  void eachRowComesAboutEquallyOften() {
    Map<RowAddress, Integer> counts = new HashMap<>();
    int rounds = 600;
    for (int round = 1; round <= rounds; round++) {
      addresses(data.value(), round, 6).forEach(row -> counts.merge(row, 1, Integer::sum));
    }
    // 200 times each on average; five standard deviations of a binomial are 58.
    assertThat(counts).hasSize(ROWS);
    assertThat(counts.values()).allMatch(count -> Math.abs(count - 200) < 58);
  }

  @Test
  void theJobGathersTheRowsInTheOrderOfShardsWhateverItsTasks() {
    Broadcast<NegativeBank> bank = new NegativeBanks(spark, data, 11).draw(5);
    List<BankRow> oneByOne = new ArrayList<>();
    for (BankPart part : data.value().bank(5, 11)) {
      oneByOne.addAll(data.value().bankRows(part, 5));
    }
    assertThat(bank.value().rows())
        .usingRecursiveFieldByFieldElementComparator()
        .isEqualTo(oneByOne);
    bank.destroy();
  }

  @Test
  void itsVectorsAreThoseOfItsRows() {
    Set<String> drawn = new HashSet<>();
    for (int round = 1; round <= 4; round++) {
      for (BankPart part : data.value().bank(round, 9)) {
        for (BankRow row : data.value().bankRows(part, round)) {
          Triplet triplet = read(row.address());
          assertThat(triplet.textEmbeddings()).anyMatch(v -> Arrays.equals(v, row.text()));
          assertThat(triplet.imageEmbeddings()).anyMatch(v -> Arrays.equals(v, row.image()));
          drawn.add(triplet.id() + Arrays.toString(row.text()) + Arrays.toString(row.image()));
        }
      }
    }
    // Rows that come again come with another caption or picture now and then.
    assertThat(drawn.size()).isGreaterThan(ROWS);
  }

  private static Triplet read(RowAddress address) {
    Path shard = Path.of(directory, shards.get(address.shard()).path());
    try (ShardReader<Triplet> reader =
        ShardReader.open(
            new Configuration(), new org.apache.hadoop.fs.Path(shard.toUri()), Column.all())) {
      return reader.readRowGroup(address.group()).get(address.row());
    }
  }

  @Test
  void aBatchLeavesItsOwnRowsOutOfTheBank() {
    NegativeBank all = new NegativeBanks(spark, data, ROWS).draw(1).value();
    Minibatch alone = data.value().batch(2, NegativeBank.NONE);
    Minibatch beside = data.value().batch(2, all);
    assertThat(beside.text()).isEqualTo(alone.text());
    assertThat(alone.bankText()).isEmpty();
    assertThat(beside.bankImage()).hasSize((ROWS - BATCH) * width);
    assertThat(beside.toMultiDataSet().getFeatures(4).shape()).containsExactly(ROWS, width);
    for (int i = 0; i < BATCH; i++) {
      float[] own = Arrays.copyOfRange(alone.image(), i * width, (i + 1) * width);
      for (int j = 0; j < ROWS - BATCH; j++) {
        assertThat(Arrays.copyOfRange(beside.bankImage(), j * width, (j + 1) * width))
            .isNotEqualTo(own);
      }
    }
  }
}
