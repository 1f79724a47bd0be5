package org.trispike.training.graph;

import java.util.Objects;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The learning rate by the samples seen: linear from {@code start} to {@code peak} over the
 * warm-up, then half a cosine down to {@code end}. Samples are counted in mini-batches, all of one
 * size, of all replicas: after as many samples the rate is the same, however many replicas share
 * them. DL4J's epochs do not matter, so it goes on through averaging rounds. Source: ULIP's
 * schedule, which SVL uses.
 */
public final class WarmupCosine implements ISchedule {
  private static final long serialVersionUID = 1L;

  @JsonProperty private double start;
  @JsonProperty private double peak;
  @JsonProperty private double end;
  @JsonProperty private long warmup;
  @JsonProperty private long batches;
  @JsonProperty private int batchesPerStep;

  /** For DL4J, which fills the fields from JSON. */
  public WarmupCosine() {}

  /** The schedule of a replica that is alone. */
  public WarmupCosine(double start, double peak, double end, long warmup, long batches) {
    this(start, peak, end, warmup, batches, 1);
  }

  /**
   * @param start rate of the first step
   * @param peak rate after the warm-up
   * @param end rate that the last step comes near
   * @param warmup mini-batches of the warm-up, at most {@code batches}
   * @param batches all mini-batches of all replicas
   * @param batchesPerStep mini-batches that all replicas take in a step of each
   */
  public WarmupCosine(
      double start, double peak, double end, long warmup, long batches, int batchesPerStep) {
    if (!(start >= 0 && peak >= start && end >= 0 && end <= peak)) {
      throw new IllegalArgumentException(
          "Learning rates rise from " + start + " to " + peak + " and fall to " + end + "?");
    }
    if (warmup < 0 || batches < 1 || warmup > batches || batchesPerStep < 1) {
      throw new IllegalArgumentException(
          "A warm-up of "
              + warmup
              + " batches does not fit into "
              + batches
              + ", or not "
              + batchesPerStep
              + " a step");
    }
    this.start = start;
    this.peak = peak;
    this.end = end;
    this.warmup = warmup;
    this.batches = batches;
    this.batchesPerStep = batchesPerStep;
  }

  @Override
  public double valueAt(int iteration, int epoch) {
    long done = (long) iteration * batchesPerStep;
    if (done < warmup) {
      return start + (peak - start) * done / warmup;
    }
    double share = Math.min(1, (done - warmup) / (double) Math.max(1, batches - warmup));
    return end + 0.5 * (peak - end) * (1 + Math.cos(Math.PI * share));
  }

  @Override
  public ISchedule clone() {
    return new WarmupCosine(start, peak, end, warmup, batches, batchesPerStep);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WarmupCosine w
        && w.start == start
        && w.peak == peak
        && w.end == end
        && w.warmup == warmup
        && w.batches == batches
        && w.batchesPerStep == batchesPerStep;
  }

  @Override
  public int hashCode() {
    return Objects.hash(start, peak, end, warmup, batches, batchesPerStep);
  }
}
