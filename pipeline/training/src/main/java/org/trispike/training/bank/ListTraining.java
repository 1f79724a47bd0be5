package org.trispike.training.bank;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
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
  private final BankJob job;
  private final BankManifest bank;

  ListTraining(BankJob job, BankManifest bank) {
    this.job = job;
    this.bank = bank;
  }

  /** Directions of so many lists, [lists, columns]. */
  float[] directions(int lists, List<NumberedPart> parts) {
    int columns = bank.space().columns();
    CoarseTraining training = new CoarseTraining(lists, bank.rows(), columns);
    JavaRDD<float[]> drawn =
        job.each(
                parts, new DrawTask(job.config().input(), columns, training.sample(), job.hadoop()))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      float[] sample = Rows.flat(job.collect(drawn, "a sample for " + lists + " lists", "parts"));
      float[] directions = training.seeds(sample);
      double cost = Double.POSITIVE_INFINITY;
      for (int step = 1; step <= CoarseTraining.STEPS; step++) {
        Assigned assigned = assign(drawn, lists, directions, step);
        if (CoarseTraining.settled(cost, assigned.cost())) {
          break;
        }
        cost = assigned.cost();
        directions = training.step(sample, assigned, directions);
      }
      job.line(
          String.format(
              Locale.ROOT,
              "%,d lists, mean squared distance of a row to its own %.3f",
              lists,
              cost * columns / sample.length));
      return directions;
    } finally {
      drawn.unpersist();
    }
  }

  private Assigned assign(JavaRDD<float[]> drawn, int lists, float[] directions, int step) {
    int rows = bank.rows();
    int columns = bank.space().columns();
    Broadcast<float[]> broadcast = job.spark().broadcast(directions);
    try {
      List<Assigned> shares =
          job.collect(
              drawn.map(vectors -> assigned(vectors, broadcast.value(), lists, rows, columns)),
              "step " + step + " of " + lists + " lists",
              "parts");
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
