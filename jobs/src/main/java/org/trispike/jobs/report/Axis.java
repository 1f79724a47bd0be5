package org.trispike.jobs.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A linear axis with round ticks.
 *
 * @param low value at the beginning
 * @param high value at the end, above {@code low}
 * @param step between two ticks
 */
record Axis(double low, double high, double step) {
  private static final double[] ROUND = {1, 2, 2.5, 5, 10};

  /** The smallest axis over all values whose ends are round, with about {@code ticks} ticks. */
  static Axis around(double min, double max, int ticks) {
    double span = max - min;
    double low = min;
    double high = max;
    if (span < 1e-12 * Math.max(1, Math.abs(max))) {
      double pad = max == 0 ? 1 : Math.abs(max) * 0.1;
      low -= pad;
      high += pad;
      span = high - low;
    }
    double raw = span / ticks;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double step = ROUND[ROUND.length - 1] * power;
    for (double candidate : ROUND) {
      if (candidate * power >= raw * (1 - 1e-9)) {
        step = candidate * power;
        break;
      }
    }
    return new Axis(
        Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step, step);
  }

  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    long count = Math.round((high - low) / step);
    for (int i = 0; i <= count; i++) {
      ticks.add(low + i * step);
    }
    return ticks;
  }

  /** Where {@code value} lies, 0 at the beginning and 1 at the end. */
  double at(double value) {
    return (value - low) / (high - low);
  }

  String label(double value) {
    double shown = Math.abs(value) < step * 1e-6 ? 0 : value;
    double size = Math.max(Math.abs(low), Math.abs(high));
    if (size >= 1e6) {
      return String.format(Locale.ROOT, "%.3g", shown).replace("e+0", "e").replace("e+", "e");
    }
    // The unit of 2.5, 0.25, … stands one place further to the right than that of 2, 0.2, …
    double mantissa = step / Math.pow(10, Math.floor(Math.log10(step)));
    int half = Math.abs(mantissa - 2.5) < 1e-6 ? 1 : 0;
    int decimals = (int) Math.max(0, half - Math.floor(Math.log10(step) + 1e-9));
    return String.format(Locale.ROOT, "%." + decimals + "f", shown);
  }
}
