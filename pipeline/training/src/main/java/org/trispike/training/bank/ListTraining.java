package org.trispike.training.bank;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.trispike.datasets.Progress;
import org.trispike.datasets.store.SparkStage;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.vq.bank.BankManifest;
import org.trispike.vq.train.CoarseTraining;
import org.trispike.vq.train.CoarseTraining.Assigned;

/**
 * Finds the directions of a bank's lists. Each part keeps the rows that were drawn of it and says
 * in each step which lists they belong to; the driver, which has the whole sample, takes the means.
 * No sum depends on how the work is spread.
 */
final class ListTraining {
  private final JavaSparkContext spark;
  private final Configuration hadoop;
  private final String input;
  private final BankManifest bank;
  private final Progress progress;

  ListTraining(
      JavaSparkContext spark,
      Configuration hadoop,
      String input,
      BankManifest bank,
      Progress progress) {
    this.spark = spark;
    this.hadoop = hadoop;
    this.input = input;
    this.bank = bank;
    this.progress = progress;
  }

  /** Directions of so many lists, [lists, columns]. */
  float[] directions(int lists, List<NumberedPart> parts, String group) {
    int columns = bank.space().columns();
    CoarseTraining training = new CoarseTraining(lists, bank.rows(), columns);
    JavaRDD<float[]> drawn =
        spark
            .parallelize(parts, parts.size())
            .map(new DrawTask(input, columns, training.sample(), hadoop))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      String description = "quantize: a sample for " + lists + " lists";
      progress.start(description, parts.size());
      float[] sample =
          Rows.flat(
              SparkStage.collect(
                  spark,
                  drawn,
                  group,
                  description,
                  progress,
                  done -> done + " of " + parts.size() + " parts"));
      float[] directions = training.seeds(sample);
      double cost = Double.POSITIVE_INFINITY;
      for (int step = 1; step <= CoarseTraining.STEPS; step++) {
        Assigned assigned = assign(drawn, lists, directions, group, step, parts.size());
        if (CoarseTraining.settled(cost, assigned.cost())) {
          break;
        }
        cost = assigned.cost();
        directions = training.step(sample, assigned, directions);
      }
      progress.line(
          String.format(
              Locale.ROOT,
              "quantize: %,d lists, mean squared distance of a row to its own %.3f",
              lists,
              cost * columns / sample.length));
      return directions;
    } finally {
      drawn.unpersist();
    }
  }

  private Assigned assign(
      JavaRDD<float[]> drawn, int lists, float[] directions, String group, int step, int parts) {
    String description = "quantize: step " + step + " of " + lists + " lists";
    progress.start(description, parts);
    int rows = bank.rows();
    int columns = bank.space().columns();
    Broadcast<float[]> broadcast = spark.broadcast(directions);
    try {
      List<Assigned> shares =
          SparkStage.collect(
              spark,
              drawn.map(vectors -> assigned(vectors, broadcast.value(), lists, rows, columns)),
              group,
              description,
              progress,
              done -> done + " of " + parts + " parts");
      return new Assigned(
          shares.stream().flatMapToInt(share -> IntStream.of(share.lists())).toArray(),
          shares.stream().flatMapToDouble(share -> Arrays.stream(share.distances())).toArray());
    } finally {
      broadcast.destroy();
    }
  }

  private static Assigned assigned(
      float[] vectors, float[] directions, int lists, int rows, int columns) {
    try (Compute compute = Computes.cpu(1)) {
      return new CoarseTraining(lists, rows, columns).assign(compute, vectors, directions);
    }
  }
}
