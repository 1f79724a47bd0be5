package org.trispike.training.averaging;

import java.io.Serializable;
import java.util.Objects;

/**
 * How a round's replicas become one network again.
 *
 * @param through which way their states come together; the bits do not depend on it
 * @param driverBytes up to so many bytes of all replicas' states {@link Through#AUTO} takes the
 *     driver
 * @param moments what becomes of the updater's state
 * @param statistics what becomes of the running statistics of norms
 * @param outerRate η of the outer step; 1 for plain averages
 * @param outerMomentum μ of the outer step; 0 for plain averages
 */
public record AveragingSpec(
    Through through,
    long driverBytes,
    Moments moments,
    Statistics statistics,
    double outerRate,
    double outerMomentum)
    implements Serializable {
  private static final long DRIVER_BYTES = 512L << 20;

  public AveragingSpec {
    Objects.requireNonNull(through);
    Objects.requireNonNull(moments);
    Objects.requireNonNull(statistics);
    if (driverBytes < 0) {
      throw new IllegalArgumentException(
          "pretrain.averaging.driver-bytes is not negative, but " + driverBytes);
    }
    if (!(outerRate > 0 && outerRate <= 10)) {
      throw new IllegalArgumentException(
          "pretrain.averaging.outer-rate is positive and at most 10, not " + outerRate);
    }
    if (!(outerMomentum >= 0 && outerMomentum < 1)) {
      throw new IllegalArgumentException(
          "pretrain.averaging.outer-momentum is in 0..1, without 1, not " + outerMomentum);
    }
  }

  /** Plain means of all that replicas carry. */
  public static AveragingSpec plain() {
    return new AveragingSpec(Through.AUTO, DRIVER_BYTES, Moments.AVERAGE, Statistics.AVERAGE, 1, 0);
  }

  /** Whether replicas whose states have so many bytes together are averaged on executors. */
  boolean shuffles(long bytes) {
    return through == Through.SHUFFLE || through == Through.AUTO && bytes > driverBytes;
  }

  /** Whether the means are more than the next round's start. */
  boolean hasOuterStep() {
    return outerRate != 1 || outerMomentum != 0;
  }

  /** What decides the result, and nothing else. */
  public String decisive() {
    return moments + "/" + statistics + "/" + outerRate + "/" + outerMomentum;
  }
}
