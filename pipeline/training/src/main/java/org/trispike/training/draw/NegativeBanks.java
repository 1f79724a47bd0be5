package org.trispike.training.draw;

import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Draws a bank a round: a Spark job reads its rows, without points and pictures, the driver gathers
 * them and sends all of them to each executor once. Which rows they are is a pure function of
 * (seed, round); replicas and executors have no part in it.
 *
 * <p>M rows of the teacher's width d take 8 M d bytes (text and image in float32) on the driver and
 * in each executor, and 8 M d more in each batch. A shard's vectors are read by whole row groups:
 * of as many rows as are shuffled among each other, or M if that is more.
 */
public final class NegativeBanks {
  private static final String DESCRIPTION = "spark.job.description";

  private final JavaSparkContext spark;
  private final Broadcast<TrainingData> data;
  private final int rows;

  /**
   * @param rows M, of a bank; 0 for none
   */
  public NegativeBanks(JavaSparkContext spark, Broadcast<TrainingData> data, int rows) {
    this.spark = spark;
    this.data = data;
    this.rows = rows;
  }

  /** The bank of a round, on its way to the executors; whoever takes it destroys it. */
  public Broadcast<NegativeBank> draw(int round) {
    return spark.broadcast(rows == 0 ? NegativeBank.NONE : gather(round));
  }

  private NegativeBank gather(int round) {
    List<BankPart> parts = data.value().bank(round, rows);
    String former = spark.getLocalProperty(DESCRIPTION);
    spark.setLocalProperty(
        DESCRIPTION,
        String.format(Locale.ROOT, "pretrain: %d negatives for round %d", rows, round));
    try {
      int slices = Math.min(parts.size(), spark.defaultParallelism());
      return new NegativeBank(
          spark.parallelize(parts, slices).flatMap(new BankTask(data, round)).collect());
    } finally {
      spark.setLocalProperty(DESCRIPTION, former);
    }
  }
}
