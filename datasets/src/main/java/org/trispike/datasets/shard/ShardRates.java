package org.trispike.datasets.shard;

import java.io.Serializable;
import java.util.Locale;

/**
 * Work and the time that tasks spent on it; mergeable. Times are summed over tasks, so a rate is
 * that of one core, and a machine's is as many times that as it has cores at work.
 *
 * @param shapes made into points and written
 * @param shapeNanos reading, sampling, checking pictures, compressing and writing
 * @param views rendered
 * @param viewNanos rendering and encoding them
 */
public record ShardRates(long shapes, long shapeNanos, long views, long viewNanos)
    implements Serializable {
  public static final ShardRates NONE = new ShardRates(0, 0, 0, 0);

  public ShardRates merge(ShardRates other) {
    return new ShardRates(
        shapes + other.shapes,
        shapeNanos + other.shapeNanos,
        views + other.views,
        viewNanos + other.viewNanos);
  }

  /** Shapes a second on {@code cores} cores, rendering left out. */
  public double shapesPerSecond(int cores) {
    return shapeNanos == 0 ? 0 : shapes * 1e9 * cores / shapeNanos;
  }

  /** Rendered views a second on {@code cores} cores. */
  public double viewsPerSecond(int cores) {
    return viewNanos == 0 ? 0 : views * 1e9 * cores / viewNanos;
  }

  /** A sentence for the progress line. */
  public String sentence(int cores) {
    String shapesPart =
        String.format(Locale.ROOT, "%.0f shapes/s without rendering", shapesPerSecond(cores));
    return views == 0
        ? shapesPart
        : shapesPart + String.format(Locale.ROOT, ", %.0f rendered views/s", viewsPerSecond(cores));
  }
}
