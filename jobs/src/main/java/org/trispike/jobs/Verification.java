package org.trispike.jobs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.trispike.datasets.Progress;
import org.trispike.datasets.UserError;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.datasets.shard.VerifyAction;
import org.trispike.datasets.shard.VerifyResult;

/** Verifies datasets one after the other. */
final class Verification {
  private Verification() {}

  /** The folder itself or, of a run folder, those of its datasets that are finished. */
  static List<String> datasets(String directory, Configuration hadoop) {
    List<String> datasets = new ArrayList<>();
    try {
      Path folder = new Path(directory);
      var files = folder.getFileSystem(hadoop);
      for (Stage stage : List.of(Stage.SHARD, Stage.EMBED)) {
        if (files.exists(new Path(folder, stage.manifest()))) {
          datasets.add(directory + "/" + stage.output());
        }
      }
      boolean itself = files.exists(new Path(folder, DatasetManifest.FILE));
      return itself || datasets.isEmpty() ? List.of(directory) : datasets;
    } catch (IOException e) {
      throw UserError.environment("Cannot look at " + directory + ": " + e.getMessage(), e);
    }
  }

  /**
   * @param out takes a line for each dataset, and each finding
   * @throws UserError if anything is wrong
   */
  static void run(
      List<String> datasets, SparkSession spark, Progress progress, Consumer<String> out) {
    List<String> findings = new ArrayList<>();
    for (String dataset : datasets) {
      VerifyResult result = new VerifyAction(spark, dataset, progress).run();
      out.accept(result.sentence());
      result.findings().forEach(finding -> out.accept("  " + finding));
      findings.addAll(result.findings());
    }
    if (!findings.isEmpty()) {
      throw UserError.data(
          "verify: "
              + findings.size()
              + (findings.size() == 1 ? " finding" : " findings")
              + "; the first: "
              + findings.get(0));
    }
  }
}
