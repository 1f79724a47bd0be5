package org.trispike.training.bank;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.SparkSession;
import org.trispike.datasets.Progress;
import org.trispike.datasets.store.SparkStage;

/**
 * Where and for whom work on a bank is done: what each of its stages needs.
 *
 * @param verb that asks for it; names its jobs and begins its lines
 */
record BankJob(
    String verb,
    JavaSparkContext spark,
    Configuration hadoop,
    BankConfig config,
    Progress progress) {

  static BankJob of(String verb, SparkSession session, BankConfig config, Progress progress) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    return new BankJob(verb, spark, spark.hadoopConfiguration(), config, progress);
  }

  /** Something of each of some things, such as parts, a task for each. */
  <P, T> JavaRDD<T> each(List<P> parts, Function<P, T> task) {
    return spark.parallelize(parts, parts.size()).map(task);
  }

  /**
   * Collects it, one task a partition, with progress.
   *
   * @param what of the stage, behind its name
   * @param unit that a task does
   */
  <T> List<T> collect(JavaRDD<T> rdd, String what, String unit) {
    String description = verb + ": " + what;
    int tasks = rdd.getNumPartitions();
    progress.start(description, tasks);
    return SparkStage.collect(
        spark, rdd, verb, description, progress, done -> done + " of " + tasks + " " + unit);
  }

  void line(String what) {
    progress.line(verb + ": " + what);
  }
}
