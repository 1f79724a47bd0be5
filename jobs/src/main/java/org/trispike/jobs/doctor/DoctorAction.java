package org.trispike.jobs.doctor;

import com.typesafe.config.Config;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.trispike.datasets.UserError;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.datasets.shard.ShardConfig;
import org.trispike.datasets.shard.ShardProbe;
import org.trispike.datasets.store.ArtefactFolder;

/** Gathers facts and has them judged. Writes nothing but a file of one byte, which it removes. */
public final class DoctorAction {
  private static final List<Check> CHECKS =
      List.of(
          new SparkCheck(),
          new JavaCheck(),
          new VersionCheck(),
          new VectorCheck(),
          new NativeCheck(),
          new SerialCheck(),
          new GpuCheck(),
          new StorageCheck(),
          new CommitterCheck(),
          new DiskCheck(),
          new MemoryCheck(),
          new ClockCheck());

  private final Config config;
  private final Configuration hadoop;

  public DoctorAction(Config config, Configuration hadoop) {
    this.config = config;
    this.hadoop = hadoop;
  }

  /** The names of all checks. */
  public static List<String> checks() {
    return CHECKS.stream().map(Check::name).toList();
  }

  /** With Spark up, whose executors are asked as well. */
  public Diagnosis run(JavaSparkContext spark) {
    boolean local = spark.isLocal();
    try (Places places = Places.look(hadoop, config)) {
      Executors executors =
          new Executors(spark, new JvmProbe(local ? "" : places.written(), places.hadoop()));
      if (!local) {
        executors.ask();
      }
      SparkFacts facts =
          new SparkFacts(
              spark.master(),
              executors.problem(),
              local,
              local ? 0 : executors.registered(),
              spark.defaultParallelism(),
              executors.skewMillis());
      return judge(spark.getConf(), facts, executors.answers(), places);
    }
  }

  /** Where Spark did not start: what can be said without it. */
  public Diagnosis run(String master, UserError failure) {
    try (Places places = Places.look(hadoop, config)) {
      SparkFacts facts = new SparkFacts(master, failure.getMessage(), false, 0, 0, Map.of());
      return judge(new SparkConf(), facts, List.of(), places);
    }
  }

  private Diagnosis judge(
      SparkConf conf, SparkFacts spark, List<JvmFacts> executors, Places places) {
    Facts facts =
        new Facts(
            Demand.of(config, conf, datasetBytes()),
            JvmProbe.driver(),
            executors,
            spark,
            places.facts());
    return judge(facts);
  }

  static Diagnosis judge(Facts facts) {
    return new Diagnosis(CHECKS.stream().flatMap(check -> check.of(facts).stream()).toList());
  }

  /** What shards are going to take, by trying some rows; 0 where there is no telling. */
  private long datasetBytes() {
    boolean given =
        !config.getString("data.triplets").isEmpty() || !config.getString("data.root").isEmpty();
    if (!given || !config.getString("run.data").isEmpty() || sharded()) {
      return 0;
    }
    try {
      ShardConfig shard = ShardConfig.from(config);
      return ShardProbe.estimate(hadoop, shard, shard.collection().read(hadoop)).bytes();
    } catch (UserError e) {
      // What is wrong with the input is for shard --dry-run to say; that it is there, for Places.
      return 0;
    }
  }

  private boolean sharded() {
    Path manifest = new Path(config.getString("run.dir") + "/dataset", DatasetManifest.FILE);
    try {
      return ArtefactFolder.fileSystem(hadoop, manifest).exists(manifest);
    } catch (IOException e) {
      return false;
    }
  }
}
