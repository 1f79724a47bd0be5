package org.trispike.datasets.shard;

import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.trispike.datasets.Progress;
import org.trispike.datasets.Split;
import org.trispike.datasets.UserError;
import org.trispike.datasets.row.Column;
import org.trispike.datasets.row.Row;
import org.trispike.datasets.row.RowKind;
import org.trispike.datasets.store.SparkStage;
import scala.Tuple2;

/**
 * Reads a published dataset again, all of it: the SHA-256 of every shard, the CRC of every page,
 * every row; and whether an id stands twice, or the same content in two splits. Writes nothing.
 */
public final class VerifyAction {
  private static final String GROUP = "verify";

  /** Findings of one kind that are told. */
  private static final int TOLD = 20;

  private final JavaSparkContext spark;
  private final Configuration hadoop;
  private final String dataset;
  private final Progress progress;

  /**
   * @param dataset the folder of a dataset
   */
  public VerifyAction(SparkSession session, String dataset, Progress progress) {
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.hadoop = session.sparkContext().hadoopConfiguration();
    this.dataset = dataset;
    this.progress = progress;
  }

  /**
   * @throws UserError if the folder holds no dataset; what is wrong with one is in the result
   */
  public VerifyResult run() {
    DatasetManifest manifest = DatasetManifest.read(hadoop, dataset);
    List<ShardInfo> shards = manifest.shards();
    progress.start("verify: " + dataset, shards.size());
    JavaRDD<ShardInfo> all = spark.parallelize(shards, Math.max(1, shards.size()));
    List<ShardCheck> checks =
        SparkStage.collect(
            spark,
            all.map(new VerifyTask(dataset, manifest, hadoop)),
            GROUP,
            "verify: " + shards.size() + " shards of " + dataset,
            progress,
            done -> done + " of " + shards.size() + " shards");
    List<String> findings = new ArrayList<>();
    checks.stream().map(ShardCheck::fault).filter(fault -> !fault.isEmpty()).forEach(findings::add);
    if (findings.isEmpty()) {
      // Of shards that cannot be trusted, ids would be of no use.
      findings.addAll(twice(all, manifest.kind()));
      findings.addAll(leaks(all, manifest.kind()));
    }
    VerifyResult result = new VerifyResult(dataset, manifest, sum(checks), findings);
    progress.finish(result.sentence());
    return result;
  }

  private static SortedMap<String, Long> sum(List<ShardCheck> checks) {
    SortedMap<String, Long> sum = new TreeMap<>();
    checks.forEach(check -> check.counts().forEach((what, n) -> sum.merge(what, n, Long::sum)));
    return sum;
  }

  /** Ids that more than one row has. */
  private List<String> twice(JavaRDD<ShardInfo> shards, RowKind<?> kind) {
    JavaPairRDD<String, Long> counts =
        entries(shards, kind, Set.of(), row -> Optional.of(new Tuple2<>(row.id(), 1L)))
            .reduceByKey(Long::sum);
    return collect(
        counts
            .filter(entry -> entry._2() > 1)
            .map(entry -> "The id '" + entry._1() + "' stands in " + entry._2() + " rows"),
        "verify: ids");
  }

  /** Rows of more than one split that were made of the same bytes. */
  private List<String> leaks(JavaRDD<ShardInfo> shards, RowKind<?> kind) {
    JavaPairRDD<String, TreeMap<Split, String>> rows =
        entries(shards, kind, Set.of(Column.FILES), VerifyAction::place)
            .reduceByKey(VerifyAction::firsts);
    String noun = kind.noun();
    return collect(
        rows.filter(entry -> entry._2().size() > 1).map(entry -> leak(noun, entry._2())),
        "verify: contents of two splits");
  }

  /** The identity of a row's content, with its place; none where its file is not known. */
  private static Optional<Tuple2<String, TreeMap<Split, String>>> place(Row row) {
    int hash = row.source().lastIndexOf('#');
    String fragment = hash < 0 ? "" : row.source().substring(hash);
    String file = hash < 0 ? row.source() : row.source().substring(0, hash);
    TreeMap<Split, String> place = new TreeMap<>(Map.of(row.split(), row.id()));
    return row.files().stream()
        .filter(source -> source.path().equals(file) || source.path().equals(row.source()))
        .findFirst()
        .map(source -> new Tuple2<>(source.sha256() + fragment, place));
  }

  /** The first id of each split. */
  private static TreeMap<Split, String> firsts(
      TreeMap<Split, String> some, TreeMap<Split, String> others) {
    TreeMap<Split, String> all = new TreeMap<>(some);
    others.forEach((split, id) -> all.merge(split, id, BinaryOperator.minBy(naturalOrder())));
    return all;
  }

  private static String leak(String noun, SortedMap<Split, String> places) {
    return places.entrySet().stream()
        .map(place -> "'" + place.getValue() + "' (" + place.getKey().word() + ")")
        .collect(joining(" and ", "These " + noun + " of different splits are the same: ", ""));
  }

  private interface Entry<V> extends java.io.Serializable {
    Optional<Tuple2<String, V>> of(Row row);
  }

  private <V> JavaPairRDD<String, V> entries(
      JavaRDD<ShardInfo> shards, RowKind<?> kind, Set<Column> columns, Entry<V> entry) {
    String directory = dataset;
    String word = kind.word();
    SerializableConfiguration conf = new SerializableConfiguration(hadoop);
    return shards.flatMapToPair(
        shard -> {
          List<Tuple2<String, V>> entries = new ArrayList<>();
          Path path = DatasetManifest.path(directory, shard);
          try (ShardReader<?> reader =
              ShardReader.open(conf.value(), path, RowKind.of(word), columns)) {
            reader.forEach(row -> entry.of(row).ifPresent(entries::add));
          }
          return entries.iterator();
        });
  }

  private List<String> collect(JavaRDD<String> findings, String description) {
    List<String> found =
        new ArrayList<>(
            SparkStage.collect(spark, findings, GROUP, description, progress, done -> description));
    found.sort(null);
    if (found.size() > TOLD) {
      List<String> told = new ArrayList<>(found.subList(0, TOLD));
      told.add("… and " + (found.size() - TOLD) + " more");
      return told;
    }
    return found;
  }
}
