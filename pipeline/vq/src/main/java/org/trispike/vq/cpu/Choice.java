package org.trispike.vq.cpu;

import java.util.List;
import java.util.Locale;
import org.trispike.vq.VqConfig;

/**
 * The record of a calibration: what was timed for one configuration and shape, and what was chosen.
 *
 * @param timings of each candidate that there is for the codes
 * @param chosen the candidate that is used
 */
public record Choice(
    VqConfig config, int rows, int columns, List<Timing> timings, Candidate chosen) {
  public Choice {
    timings = List.copyOf(timings);
  }

  /**
   * One candidate.
   *
   * @param nanos of a product, the median
   * @param error of its results by its own roundings: √(Σ difference² / Σ exact²)
   * @param verdict why it was chosen, or not
   */
  public record Timing(Candidate candidate, double nanos, double error, String verdict) {}

  /** A line for the matrix and one for each candidate. */
  public String report() {
    StringBuilder report = new StringBuilder();
    report.append(
        "%s %s, %d x %d: %s%n".formatted(config.name(), config.signature(), rows, columns, chosen));
    for (Timing timing : timings) {
      report.append(
          String.format(
              Locale.ROOT,
              "  %-10s %10.1f µs, error %.1e, %s%n",
              timing.candidate(),
              1e-3 * timing.nanos(),
              timing.error(),
              timing.verdict()));
    }
    return report.toString();
  }
}
