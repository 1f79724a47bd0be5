package org.trispike.training.graph;

import java.util.Objects;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The learning rate by step: linear from {@code start} to {@code peak} over the warm-up, then half
 * a cosine down to {@code end}. Epochs do not matter, so it goes on through averaging rounds.
 * Source: ULIP's schedule, which SVL uses.
 */
public final class WarmupCosine implements ISchedule {
  private static final long serialVersionUID = 1L;

  @JsonProperty private double start;
  @JsonProperty private double peak;
  @JsonProperty private double end;
  @JsonProperty private long warmupSteps;
  @JsonProperty private long steps;

  /** For DL4J, which fills the fields from JSON. */
  public WarmupCosine() {}

  /**
   * @param start rate of step 0
   * @param peak rate after the warm-up
   * @param end rate that the last step comes near
   * @param warmupSteps steps of the warm-up, at most {@code steps}
   * @param steps all steps of one replica
   */
  public WarmupCosine(double start, double peak, double end, long warmupSteps, long steps) {
    if (!(start >= 0 && peak >= start && end >= 0 && end <= peak)) {
      throw new IllegalArgumentException(
          "Learning rates rise from " + start + " to " + peak + " and fall to " + end + "?");
    }
    if (warmupSteps < 0 || steps < 1 || warmupSteps > steps) {
      throw new IllegalArgumentException(
          "A warm-up of " + warmupSteps + " steps does not fit into " + steps);
    }
    this.start = start;
    this.peak = peak;
    this.end = end;
    this.warmupSteps = warmupSteps;
    this.steps = steps;
  }

  @Override
  public double valueAt(int iteration, int epoch) {
    if (iteration < warmupSteps) {
      return start + (peak - start) * iteration / warmupSteps;
    }
    double share =
        Math.min(1, (iteration - warmupSteps) / (double) Math.max(1, steps - warmupSteps));
    return end + 0.5 * (peak - end) * (1 + Math.cos(Math.PI * share));
  }

  @Override
  public ISchedule clone() {
    return new WarmupCosine(start, peak, end, warmupSteps, steps);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WarmupCosine w
        && w.start == start
        && w.peak == peak
        && w.end == end
        && w.warmupSteps == warmupSteps
        && w.steps == steps;
  }

  @Override
  public int hashCode() {
    return Objects.hash(start, peak, end, warmupSteps, steps);
  }
}
