package org.trispike.datasets.shard;

import java.io.Serializable;
import java.util.Locale;

/**
 * Work and the time that tasks spent on it; mergeable. Times are summed over tasks, so that a rate
 * is that of one core, and a machine's is as many times that as it has cores at work.
 *
 * @param rows read, made, packed and written
 * @param rowNanos what that took, pictures left out
 * @param pictures of the input, read and decoded as a check
 * @param pictureNanos what that took
 * @param views rendered and encoded
 * @param viewNanos what that took
 */
public record ShardRates(
    long rows, long rowNanos, long pictures, long pictureNanos, long views, long viewNanos)
    implements Serializable {
  public static final ShardRates NONE = new ShardRates(0, 0, 0, 0, 0, 0);

  /** Work on rows alone. */
  static ShardRates rows(long rows, long nanos) {
    return new ShardRates(rows, nanos, 0, 0, 0, 0);
  }

  public ShardRates merge(ShardRates other) {
    return new ShardRates(
        rows + other.rows,
        rowNanos + other.rowNanos,
        pictures + other.pictures,
        pictureNanos + other.pictureNanos,
        views + other.views,
        viewNanos + other.viewNanos);
  }

  /** Rows a second on {@code cores} cores, pictures and rendering left out. */
  public double rowsPerSecond(int cores) {
    return rate(rows, rowNanos, cores);
  }

  /** Given pictures a second on {@code cores} cores. */
  public double picturesPerSecond(int cores) {
    return rate(pictures, pictureNanos, cores);
  }

  /** Rendered views a second on {@code cores} cores. */
  public double viewsPerSecond(int cores) {
    return rate(views, viewNanos, cores);
  }

  private static double rate(long count, long nanos, int cores) {
    return nanos == 0 ? 0 : count * 1e9 * cores / nanos;
  }

  /**
   * A sentence for the progress line.
   *
   * @param noun what the rows are called, in the plural
   */
  public String sentence(String noun, int cores) {
    StringBuilder sentence = new StringBuilder();
    sentence.append(shown(rowsPerSecond(cores))).append(' ').append(noun).append("/s");
    if (views > 0) {
      sentence.append(" without rendering");
    }
    if (pictures > 0) {
      sentence.append(", ").append(shown(picturesPerSecond(cores))).append(" given pictures/s");
    }
    if (views > 0) {
      sentence.append(", ").append(shown(viewsPerSecond(cores))).append(" rendered views/s");
    }
    return sentence.append(" on ").append(cores).append(" cores").toString();
  }

  private static String shown(double rate) {
    return String.format(Locale.ROOT, rate < 10 ? "%.2f" : "%.0f", rate);
  }
}
