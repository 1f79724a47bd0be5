package org.trispike.datasets.shard;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.trispike.datasets.Progress;
import org.trispike.datasets.row.Column;
import org.trispike.datasets.row.Row;
import org.trispike.datasets.row.RowKind;

/** Shards what a test put in {@code in}, into {@code run}, both below a folder. */
record ShardRun(SparkSession spark, Path folder) {
  static SparkSession session() {
    return SparkSession.builder()
        .master("local[2]")
        .appName("shards")
        .config("spark.ui.enabled", false)
        .getOrCreate();
  }

  Path in() {
    return folder.resolve("in");
  }

  DatasetManifest shard(String... settings) {
    return shard(in(), settings);
  }

  DatasetManifest shard(Path root, String... settings) {
    ShardConfig config =
        ShardConfig.from(
            ConfigFactory.parseString(String.join("\n", settings))
                .withFallback(
                    ConfigFactory.parseString(
                        "run.dir = \"%s\", data { root = \"%s\", points = 16, views = 0 }"
                            .formatted(folder.resolve("run"), root)))
                .withFallback(ConfigFactory.load())
                .resolve());
    return new ShardAction(spark, config, Progress.silent()).run().manifest();
  }

  <R extends Row> List<R> rows(DatasetManifest manifest, RowKind<R> kind) {
    List<R> rows = new ArrayList<>();
    for (ShardInfo shard : manifest.shards()) {
      var file = DatasetManifest.path(folder.resolve("run/dataset").toString(), shard);
      try (ShardReader<R> reader =
          ShardReader.open(new Configuration(), file, kind, Column.all())) {
        reader.forEach(rows::add);
      }
    }
    return rows;
  }

  /** What {@code verify} finds in it. */
  VerifyResult verify() {
    return new VerifyAction(spark, folder.resolve("run/dataset").toString(), Progress.silent())
        .run();
  }
}
