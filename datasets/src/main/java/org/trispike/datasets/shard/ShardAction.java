package org.trispike.datasets.shard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.trispike.datasets.Progress;
import org.trispike.datasets.Split;
import org.trispike.datasets.UserError;
import org.trispike.datasets.row.RowKind;
import org.trispike.datasets.row.ShardFormat;
import org.trispike.datasets.row.TeacherInfo;
import org.trispike.datasets.source.BadRow;
import org.trispike.datasets.source.InputTable;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.datasets.store.SparkStage;
import org.trispike.kernels.io.Sha256;

/**
 * Makes a dataset of a collection: reads, checks, samples, renders, and writes Parquet shards.
 *
 * <p>One Spark task makes one shard, whose rows depend on the ids and the key alone; so the same
 * input gives the same bytes, whatever the number of partitions, cores or executors. The manifest
 * is written last, and only if few enough rows were bad.
 */
public final class ShardAction {
  private static final List<String> EXPENDABLE = List.of(Quarantine.FOLDER);

  private final JavaSparkContext spark;
  private final Configuration hadoop;
  private final ShardConfig config;
  private final Progress progress;
  private final ArtefactFolder folder;

  public ShardAction(SparkSession session, ShardConfig config, Progress progress) {
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.hadoop = session.sparkContext().hadoopConfiguration();
    this.config = config;
    this.progress = progress;
    this.folder = ArtefactFolder.of(hadoop, config.output(), DatasetManifest.FILE);
  }

  /**
   * @throws UserError if the input cannot be read, the folder is in use, or too many rows are bad
   */
  public ShardResult run() {
    InputTable table = config.collection().read(hadoop);
    if (config.onBadRow() == OnBadRow.FAIL && !table.bad().isEmpty()) {
      throw failure(table.bad().get(0));
    }
    SortedMap<String, String> provenance = provenance(table);
    ArtefactFolder.Claim claim =
        folder.claim(
            provenance.get(DatasetManifest.FINGERPRINT),
            DatasetManifest.finishedFingerprint(hadoop, folder),
            config.resume(),
            EXPENDABLE);
    if (claim == ArtefactFolder.Claim.COMPLETE) {
      return alreadyDone();
    }
    List<ShardPlan> plans = ShardPlan.of(table.rows(), config.shardRows(), config.seed());
    ShardFormat format = new ShardFormat(kind(), config.pointLayout(), vectors(table));
    try {
      List<ShardOutcome> outcomes = work(plans, format, table.rows().size());
      List<BadRow> bad = new ArrayList<>(table.bad());
      outcomes.forEach(outcome -> bad.addAll(outcome.bad()));
      return finish(table, outcomes, bad, provenance, format);
    } catch (IOException e) {
      throw UserError.environment("Cannot write to " + folder.root() + ": " + e.getMessage(), e);
    }
  }

  private RowKind<?> kind() {
    return config.layout().kind();
  }

  private ShardResult alreadyDone() {
    DatasetManifest manifest = DatasetManifest.read(hadoop, config.output());
    progress.line(
        "shard: "
            + folder.root()
            + " is finished already ("
            + manifest.rows()
            + " "
            + kind().noun()
            + ")");
    return new ShardResult(config.output(), manifest, ShardRates.NONE);
  }

  /** What the dataset is made of; its fingerprint tells this work from any other. */
  private SortedMap<String, String> provenance(InputTable table) {
    SortedMap<String, String> provenance = config.settings();
    provenance.put("triplets.sha256", table.sha256());
    provenance.put("schema-version", Integer.toString(ShardFormat.VERSION));
    String all =
        provenance.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining("\n"));
    provenance.put(DatasetManifest.FINGERPRINT, Sha256.of(all));
    provenance.put("triplets", table.file());
    provenance.put("stage", "shard");
    provenance.put("program", ProgramVersion.text());
    return provenance;
  }

  /** Whose vectors the input brings along, by the first row that has some. */
  private Optional<TeacherInfo> vectors(InputTable table) {
    return InputVectors.find(hadoop, config, table.rows());
  }

  private List<ShardOutcome> work(List<ShardPlan> plans, ShardFormat format, int rows)
      throws IOException {
    List<ShardOutcome> outcomes = new ArrayList<>();
    List<ShardPlan> open = new ArrayList<>();
    for (ShardPlan plan : plans) {
      FinishedShards.read(hadoop, folder, plan.path())
          .ifPresentOrElse(outcomes::add, () -> open.add(plan));
    }
    if (!outcomes.isEmpty()) {
      progress.line("shard: " + outcomes.size() + " finished shards of a former run are kept");
    }
    if (open.isEmpty()) {
      return outcomes;
    }
    // The largest first: what the last task does while other cores have nothing left is short.
    open.sort(Comparator.comparingInt((ShardPlan plan) -> plan.rows().size()).reversed());
    String description =
        String.format(
            Locale.ROOT, "shard: %d %s into %d shards", rows, kind().noun(), plans.size());
    progress.start(description, open.size());
    ShardTask task = new ShardTask(config, format, folder.openTasks(), hadoop);
    outcomes.addAll(
        SparkStage.collect(
            spark,
            spark.parallelize(open, open.size()).map(task),
            "shard",
            description,
            progress,
            done -> done + " of " + open.size() + " shards"));
    return outcomes;
  }

  private ShardResult finish(
      InputTable table,
      List<ShardOutcome> outcomes,
      List<BadRow> bad,
      SortedMap<String, String> provenance,
      ShardFormat format)
      throws IOException {
    if (!bad.isEmpty()) {
      Quarantine.write(folder, bad);
    }
    checkRatio(table, bad);
    List<ShardInfo> shards =
        outcomes.stream()
            .flatMap(outcome -> outcome.shard().stream())
            .sorted(Comparator.comparing(ShardInfo::path))
            .toList();
    DatasetManifest manifest =
        new DatasetManifest(
            format,
            shards,
            Quarantine.counts(bad),
            ShardOutcome.categories(outcomes),
            table.classes(),
            provenance);
    folder.showTasks();
    DatasetCard.write(hadoop, folder, manifest);
    folder.publish(manifest.toJson());
    ShardRates rates =
        outcomes.stream().map(ShardOutcome::rates).reduce(ShardRates.NONE, ShardRates::merge);
    progress.finish(summary(manifest, rates, bad.size()));
    return new ShardResult(config.output(), manifest, rates);
  }

  private String summary(DatasetManifest manifest, ShardRates rates, int bad) {
    String splits =
        manifest.rows(Split.TRAIN)
            + " train, "
            + manifest.rows(Split.VALIDATION)
            + " validation, "
            + manifest.rows(Split.TEST)
            + " test";
    return String.format(
        Locale.ROOT,
        "%d %s (%s) in %d shards, %.1f MB; %d rows in quarantine%s; %s",
        manifest.rows(),
        kind().noun(),
        splits,
        manifest.shards().size(),
        manifest.bytes() / 1e6,
        bad,
        bad == 0 ? "" : " " + manifest.quarantine(),
        rates.sentence(kind().noun(), spark.defaultParallelism()));
  }

  /** Too many bad rows leave the table of them behind and nothing else. */
  private void checkRatio(InputTable table, List<BadRow> bad) throws IOException {
    int rows = table.rows().size() + table.bad().size();
    boolean tooMany = bad.size() > config.maxBadRatio() * rows;
    if (!tooMany && bad.size() < rows) {
      return;
    }
    folder.delete("shards");
    folder.abandon();
    Map<String, Long> counts = new TreeMap<>(Quarantine.counts(bad));
    BadRow first = bad.get(0);
    throw UserError.data(
        String.format(
            Locale.ROOT,
            "%d of %d rows cannot be used %s, above data.max-bad-ratio = %s. The first: line %d,"
                + " %s in %s: %s. No dataset was published; all of them are listed in %s. Repair"
                + " or remove them, or raise data.max-bad-ratio",
            bad.size(),
            rows,
            counts,
            config.maxBadRatio(),
            first.line(),
            first.reason(),
            first.file(),
            first.message(),
            folder.path(Quarantine.FOLDER)));
  }

  private UserError failure(BadRow bad) {
    return UserError.data(
        config.collection().name()
            + ", line "
            + bad.line()
            + ": "
            + bad.message()
            + ". Nothing was written. Repair or remove the row, or set"
            + " data.on-bad-row=quarantine");
  }
}
