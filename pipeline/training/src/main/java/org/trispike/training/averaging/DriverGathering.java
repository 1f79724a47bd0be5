package org.trispike.training.averaging;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * The driver takes all states and averages them: one stage, and O(W · P) memory on the driver. The
 * quickest way for small networks.
 */
final class DriverGathering implements Gathering {
  @Override
  public Gathered gather(JavaRDD<ReplicaResult> replicas) {
    // Collected by the order of partitions, whatever the order in which they finish.
    List<ReplicaResult> results = replicas.collect();
    return new Gathered(
        Averages.of(results, ReplicaResult::parameters),
        Averages.of(results, ReplicaResult::updater),
        results.stream().map(ReplicaResult::report).toList());
  }
}
