package org.trispike.training.averaging;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/** How the replicas of a round come together; each way gives the same bits. */
interface Gathering {

  /** Runs the replicas and averages what they give back. */
  Gathered gather(JavaRDD<ReplicaResult> replicas);

  /**
   * @param parameters mean of all replicas
   * @param updater mean of all replicas, or empty
   * @param reports in the order of the replicas
   */
  @SuppressWarnings("ArrayRecordComponent") // arrays that are passed through
  record Gathered(float[] parameters, float[] updater, List<ReplicaReport> reports) {}
}
