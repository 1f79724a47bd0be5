package org.trispike.jobs.doctor;

import java.util.List;

/** Spark starts, every executor runs tasks, and a round's replicas all run at once. */
final class SparkCheck implements Check {
  @Override
  public String name() {
    return "spark";
  }

  @Override
  public List<Finding> of(Facts facts) {
    SparkFacts spark = facts.spark();
    if (!spark.problem().isEmpty()) {
      return List.of(
          Finding.fail(
              name(),
              spark.problem(),
              "check --master ("
                  + spark.master()
                  + "), that its workers are up, that executors fit on them, and that"
                  + " spark.authenticate.secret is the same on both sides (deploy/README.md)"));
    }
    String seen =
        spark.master()
            + ": "
            + (spark.local() ? "" : facts.executors().size() + " executors, ")
            + spark.slots()
            + " tasks at once";
    if (facts.executors().size() < spark.executors()) {
      return List.of(
          Finding.warn(
              name(),
              seen + "; " + (spark.executors() - facts.executors().size()) + " more ran none",
              "look at their logs, or try again when they are idle"));
    }
    int replicas = facts.demand().replicas();
    if (spark.slots() < replicas) {
      return List.of(
          Finding.warn(
              name(),
              seen + " for " + replicas + " replicas: a round runs them in turns",
              "more cores or executors, or --set pretrain.replicas=" + spark.slots()));
    }
    return List.of(Finding.ok(name(), seen));
  }
}
