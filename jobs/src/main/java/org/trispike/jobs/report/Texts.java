package org.trispike.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Figures as the page writes them; a dash stands for what is not known. */
final class Texts {
  static final String UNKNOWN = "–";
  private static final String[] UNITS = {"", " k", " M", " G", " T"};

  private Texts() {}

  /** The number in a node; NaN if there is none. */
  static double number(JsonNode node) {
    return node.isNumber() ? node.doubleValue() : Double.NaN;
  }

  /** A share as a percentage with one decimal. */
  static String percent(JsonNode share) {
    return percent(number(share));
  }

  static String percent(double share) {
    return format("%.1f %%", 100 * share);
  }

  /** A whole number with its thousands apart. */
  static String count(JsonNode number) {
    return number.isNumber() ? count(number.longValue()) : UNKNOWN;
  }

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number).replace(',', '\u202f');
  }

  /** Three digits and a unit, e.g. {@code 1.88 M}. */
  static String large(double value) {
    double shown = value;
    int unit = 0;
    while (Math.abs(shown) >= 999.5 && unit < UNITS.length - 1) {
      shown /= 1000;
      unit++;
    }
    return unit == 0 && shown == Math.rint(shown)
        ? format("%.0f", shown)
        : digits(shown) + UNITS[unit];
  }

  /** Three digits that count. */
  static String digits(double value) {
    if (!Double.isFinite(value)) {
      return UNKNOWN;
    }
    double size = Math.abs(value);
    if (size == 0) {
      return "0";
    }
    int decimals = (int) Math.max(0, Math.min(8, 2 - Math.floor(Math.log10(size))));
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** A duration in the unit that fits it. */
  static String duration(double seconds) {
    if (seconds < 120) {
      return format("%.0f s", seconds);
    }
    return seconds < 7200 ? format("%.0f min", seconds / 60) : format("%.1f h", seconds / 3600);
  }

  static String format(String format, double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : UNKNOWN;
  }
}
