package org.trispike.datasets.teacher;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.trispike.datasets.Progress;
import org.trispike.datasets.UserError;
import org.trispike.datasets.row.TeacherInfo;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.datasets.shard.FinishedShards;
import org.trispike.datasets.shard.ProgramVersion;
import org.trispike.datasets.shard.ShardInfo;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.datasets.store.SparkStage;
import org.trispike.kernels.io.Sha256;

/**
 * Makes a dataset with a teacher's vectors of one without: the same shards, rows and order, and a
 * vector for each picture and each text beside them. The teacher itself is kept in {@code teacher/}
 * of the new dataset, since class names are embedded by it later.
 */
public final class EmbedAction {
  private final JavaSparkContext spark;
  private final Configuration hadoop;
  private final EmbedConfig config;
  private final Progress progress;
  private final ArtefactFolder folder;

  public EmbedAction(SparkSession session, EmbedConfig config, Progress progress) {
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.hadoop = session.sparkContext().hadoopConfiguration();
    this.config = config;
    this.progress = progress;
    this.folder = ArtefactFolder.of(hadoop, config.output(), DatasetManifest.FILE);
  }

  /**
   * @throws UserError if the dataset is damaged, the folder is in use, or vectors are missing
   */
  public EmbedResult run() {
    DatasetManifest input = DatasetManifest.readTriplets(hadoop, config.dataset());
    input.verifySizes(hadoop, config.dataset());
    SortedMap<String, String> provenance = provenance(input);
    ArtefactFolder.Claim claim =
        folder.claim(
            provenance.get(DatasetManifest.FINGERPRINT),
            DatasetManifest.finishedFingerprint(hadoop, folder),
            config.resume(),
            List.of());
    if (claim == ArtefactFolder.Claim.COMPLETE) {
      DatasetManifest manifest = DatasetManifest.read(hadoop, config.output());
      progress.line("embed: " + folder.root() + " is finished already");
      return new EmbedResult(config.output(), manifest, Optional.empty());
    }
    try {
      TeacherMaker maker = new TeacherMaker(spark, hadoop, config, input, progress);
      Optional<Retrieval> retrieval = maker.prepare();
      TeacherInfo teacher =
          Teachers.info(Teachers.folder(hadoop, config.output()), config.teacher().precision());
      retrieval.ifPresent(r -> provenance.put("teacher.retrieval", r.sentence()));
      List<ShardInfo> shards = work(input, teacher);
      DatasetManifest manifest =
          new DatasetManifest(
              input.points(),
              Optional.of(teacher),
              shards,
              input.quarantine(),
              input.categories(),
              provenance);
      folder.publish(manifest.toJson());
      progress.finish(
          String.format(
              Locale.ROOT,
              "%d shapes with vectors of %s, %.1f MB",
              manifest.rows(),
              teacher.id(),
              manifest.bytes() / 1e6));
      return new EmbedResult(config.output(), manifest, retrieval);
    } catch (IOException e) {
      throw UserError.environment("Cannot write to " + folder.root() + ": " + e.getMessage(), e);
    }
  }

  private SortedMap<String, String> provenance(DatasetManifest input) {
    SortedMap<String, String> provenance = new TreeMap<>(input.provenance());
    provenance.put("dataset.id", input.id());
    provenance.put("teacher", config.teacher().identity());
    provenance.put(
        DatasetManifest.FINGERPRINT,
        Sha256.of(input.id() + "\n" + config.teacher().identity() + "\n" + config.rowGroupBytes()));
    provenance.put("stage", "embed");
    provenance.put("program", ProgramVersion.text());
    return provenance;
  }

  private List<ShardInfo> work(DatasetManifest input, TeacherInfo teacher) throws IOException {
    List<ShardInfo> done = new ArrayList<>();
    List<ShardInfo> open = new ArrayList<>();
    for (ShardInfo shard : input.shards()) {
      FinishedShards.find(hadoop, folder, shard.path())
          .ifPresentOrElse(done::add, () -> open.add(shard));
    }
    if (!done.isEmpty()) {
      progress.line("embed: " + done.size() + " finished shards of a former run are kept");
    }
    if (!open.isEmpty()) {
      String description =
          "embed: texts and pictures of " + input.rows() + " shapes by " + teacher.id();
      progress.start(description, open.size());
      EmbedTask task = new EmbedTask(config, teacher, folder.openTasks(), hadoop);
      done.addAll(
          SparkStage.collect(
              spark,
              spark.parallelize(open, open.size()).map(task),
              "embed",
              description,
              progress,
              count -> count + " of " + open.size() + " shards"));
    }
    done.sort(Comparator.comparing(ShardInfo::path));
    return done;
  }
}
