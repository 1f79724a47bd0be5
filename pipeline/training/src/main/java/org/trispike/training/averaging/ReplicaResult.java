package org.trispike.training.averaging;

import java.io.Serializable;
import java.util.Objects;
import org.deeplearning4j.spark.api.TrainingResult;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;

/**
 * What one replica gives back after its local steps: the two vectors of which the mean is taken,
 * and a report of the rest.
 */
public final class ReplicaResult implements TrainingResult, Serializable {
  private static final long serialVersionUID = 1L;

  private final float[] parameters;
  private final float[] updater;
  private final ReplicaReport report;

  /**
   * @param updater the updater's state; empty where its mean is not wanted
   */
  ReplicaResult(float[] parameters, float[] updater, ReplicaReport report) {
    this.parameters = Objects.requireNonNull(parameters);
    this.updater = Objects.requireNonNull(updater);
    this.report = Objects.requireNonNull(report);
  }

  float[] parameters() {
    return parameters;
  }

  float[] updater() {
    return updater;
  }

  ReplicaReport report() {
    return report;
  }

  @Override
  public void setStats(SparkTrainingStats stats) {
    // DL4J's statistics are not collected; figures take their place.
  }
}
