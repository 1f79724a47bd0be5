package org.trispike.jobs.doctor;

import java.util.Map;
import java.util.Objects;

/**
 * What Spark says of the cluster.
 *
 * @param problem why it did not start or run a task; "" if it did
 * @param local whether driver and tasks share one JVM
 * @param executors that are registered
 * @param slots tasks that run at once
 * @param skewMillis how far the clock of each executor is ahead of the driver's, at least
 */
record SparkFacts(
    String master,
    String problem,
    boolean local,
    int executors,
    int slots,
    Map<String, Long> skewMillis) {
  SparkFacts {
    Objects.requireNonNull(master);
    Objects.requireNonNull(problem);
    skewMillis = Map.copyOf(skewMillis);
  }
}
