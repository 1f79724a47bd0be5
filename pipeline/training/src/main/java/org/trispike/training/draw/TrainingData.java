package org.trispike.training.draw;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.SerializableConfiguration;
import org.trispike.datasets.row.Column;
import org.trispike.datasets.row.Triplet;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.datasets.shard.ShardInfo;
import org.trispike.datasets.shard.ShardReader;

/**
 * The training split of a dataset as mini-batches, numbered through all epochs. It travels as a
 * broadcast, of which a JVM has one copy, and with it the row groups that the JVM has decoded.
 *
 * <p>An epoch has ⌊rows / batch⌋ batches; what remains of it is left out, other rows each epoch. No
 * batch reaches into the next epoch, so none holds a row twice.
 */
public final class TrainingData implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String directory;
  private final List<ShardInfo> shards;
  private final DrawConfig draw;
  private final int batchSize;
  private final int window;
  private final long cacheBytes;
  private final int teacherWidth;
  private final SerializableConfiguration hadoop;
  private transient SampleOrder order;
  private transient RowGroupCache cache;

  /**
   * @param directory of the dataset
   * @param shards of the training split
   * @param window rows that are shuffled among each other, at least
   * @param cacheBytes of decoded rows that a JVM holds
   * @param teacherWidth columns of the teacher's vectors
   */
  public TrainingData(
      String directory,
      List<ShardInfo> shards,
      DrawConfig draw,
      int batchSize,
      int window,
      long cacheBytes,
      int teacherWidth,
      Configuration hadoop) {
    this.directory = Objects.requireNonNull(directory);
    this.shards = List.copyOf(shards);
    this.draw = Objects.requireNonNull(draw);
    this.batchSize = batchSize;
    this.window = window;
    this.cacheBytes = cacheBytes;
    this.teacherWidth = teacherWidth;
    this.hadoop = new SerializableConfiguration(hadoop);
    if (rows() < 2) {
      throw new IllegalArgumentException(
          "Contrastive training needs at least 2 rows, not " + rows());
    }
    if (batchSize < 2) {
      throw new IllegalArgumentException(
          "A contrastive batch has at least 2 samples, not " + batchSize);
    }
  }

  public long rows() {
    return shards.stream().mapToLong(ShardInfo::rows).sum();
  }

  /** Samples of a batch: the configured number, or all rows where there are fewer. */
  public int samples() {
    return (int) Math.min(batchSize, rows());
  }

  public long batchesPerEpoch() {
    return rows() / samples();
  }

  /** The epoch that a batch belongs to. */
  public long epoch(long batch) {
    return batch / batchesPerEpoch();
  }

  /**
   * Mini-batch {@code number}, counted through all epochs from 0.
   *
   * @param bank further negatives; its rows that the batch has are left out
   */
  public Minibatch batch(long number, NegativeBank bank) {
    List<RowAddress> addresses = addresses(number);
    Minibatch.Builder builder = new Minibatch.Builder(samples(), teacherWidth);
    for (RowAddress address : addresses) {
      builder.add(Sample.draw(draw, stored(address), epoch(number)));
    }
    return builder.build(bank.beside(Set.copyOf(addresses)));
  }

  private List<RowAddress> addresses(long number) {
    long first = number % batchesPerEpoch() * samples();
    return LongStream.range(first, first + samples())
        .mapToObj(position -> order().at(epoch(number), position))
        .toList();
  }

  /** Ids of the rows of a batch, in their order. */
  List<String> ids(long number) {
    return addresses(number).stream().map(address -> stored(address).id()).toList();
  }

  /** Where the rows of a round's bank lie: as many as asked for, or all where there are fewer. */
  List<BankPart> bank(int round, int count) {
    SampleOrder banks = order(NegativeBank.seed(draw.seed()));
    Map<Integer, List<RowAddress>> byShard =
        LongStream.range(0, Math.min(count, rows()))
            .mapToObj(position -> banks.at(round, position))
            .sorted(Comparator.comparingInt(RowAddress::group).thenComparingInt(RowAddress::row))
            .collect(Collectors.groupingBy(RowAddress::shard, TreeMap::new, Collectors.toList()));
    return byShard.entrySet().stream().map(e -> new BankPart(e.getKey(), e.getValue())).toList();
  }

  /** Reads rows of a bank, and nothing of them but their vectors. */
  List<BankRow> bankRows(BankPart part, int round) {
    List<BankRow> found = new ArrayList<>();
    try (ShardReader<Triplet> reader =
        ShardReader.open(
            hadoop.value(),
            DatasetManifest.path(directory, shards.get(part.shard())),
            Column.vectors())) {
      int group = -1;
      List<Triplet> rows = List.of();
      for (RowAddress address : part.rows()) {
        if (address.group() != group) {
          group = address.group();
          rows = reader.readRowGroup(group);
        }
        found.add(BankRow.draw(draw, address, rows.get(address.row()), round));
      }
    }
    return found;
  }

  private StoredSample stored(RowAddress address) {
    return cache()
        .get(address.shard(), address.group(), () -> read(address.shard(), address.group()))
        .get(address.row());
  }

  private List<StoredSample> read(int shard, int group) {
    return read(hadoop.value(), directory, shards.get(shard), group);
  }

  static List<StoredSample> read(
      Configuration hadoop, String directory, ShardInfo shard, int group) {
    try (ShardReader<Triplet> reader =
        ShardReader.open(hadoop, DatasetManifest.path(directory, shard), Column.forTraining())) {
      List<Triplet> rows = reader.readRowGroup(group);
      return rows.stream().map(StoredSample::of).toList();
    }
  }

  private synchronized SampleOrder order() {
    if (order == null) {
      order = order(draw.seed());
    }
    return order;
  }

  private SampleOrder order(long seed) {
    return new SampleOrder(shards.stream().map(ShardInfo::rowGroups).toList(), seed, window);
  }

  private synchronized RowGroupCache cache() {
    if (cache == null) {
      cache = new RowGroupCache(cacheBytes);
    }
    return cache;
  }
}
