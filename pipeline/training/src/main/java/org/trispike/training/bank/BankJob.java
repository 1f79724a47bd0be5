package org.trispike.training.bank;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.trispike.datasets.Progress;
import org.trispike.datasets.store.SparkStage;

/** Where and for whom a bank is quantized: what each of its stages needs. */
record BankJob(JavaSparkContext spark, Configuration hadoop, BankConfig config, Progress progress) {
  private static final String GROUP = "quantize";

  /** Something of each part. */
  <T> JavaRDD<T> each(List<NumberedPart> parts, Function<NumberedPart, T> task) {
    return spark.parallelize(parts, parts.size()).map(task);
  }

  /**
   * Collects it, one task a partition, with progress.
   *
   * @param what of the stage, behind its name
   * @param unit that a task does
   */
  <T> List<T> collect(JavaRDD<T> rdd, String what, String unit) {
    String description = GROUP + ": " + what;
    int tasks = rdd.getNumPartitions();
    progress.start(description, tasks);
    return SparkStage.collect(
        spark, rdd, GROUP, description, progress, done -> done + " of " + tasks + " " + unit);
  }

  void line(String what) {
    progress.line(GROUP + ": " + what);
  }
}
