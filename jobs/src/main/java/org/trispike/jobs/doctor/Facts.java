package org.trispike.jobs.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * All that checks look at.
 *
 * @param executors those that answered; none where Spark is local or did not start
 * @param places what the configuration reads and writes
 */
record Facts(
    Demand demand,
    JvmFacts driver,
    List<JvmFacts> executors,
    SparkFacts spark,
    List<PlaceFacts> places) {
  Facts {
    Objects.requireNonNull(demand);
    Objects.requireNonNull(driver);
    executors = List.copyOf(executors);
    Objects.requireNonNull(spark);
    places = List.copyOf(places);
  }

  /** The driver first. */
  List<JvmFacts> jvms() {
    List<JvmFacts> all = new ArrayList<>();
    all.add(driver);
    all.addAll(executors);
    return all;
  }

  /** Those that run tasks. */
  List<JvmFacts> workers() {
    return spark.local() ? List.of(driver) : executors;
  }
}
