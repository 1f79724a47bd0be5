package org.trispike.training.averaging;

import java.io.Serializable;
import java.util.Objects;
import org.deeplearning4j.spark.api.TrainingResult;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;

/** What one replica gives back after its local steps. */
public final class ReplicaResult implements TrainingResult, Serializable {
  private static final long serialVersionUID = 1L;

  private final ReplicaState state;
  private final int steps;
  private final Figures figures;

  ReplicaResult(ReplicaState state, int steps, Figures figures) {
    this.state = Objects.requireNonNull(state);
    this.steps = steps;
    this.figures = Objects.requireNonNull(figures);
  }

  ReplicaState state() {
    return state;
  }

  int steps() {
    return steps;
  }

  Figures figures() {
    return figures;
  }

  @Override
  public void setStats(SparkTrainingStats stats) {
    // DL4J's statistics are not collected; figures take their place.
  }
}
