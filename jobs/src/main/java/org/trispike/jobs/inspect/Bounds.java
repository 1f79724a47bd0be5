package org.trispike.jobs.inspect;

import java.util.Arrays;
import java.util.Locale;

/** The smallest box around points. */
final class Bounds {
  private final float[] low = new float[3];
  private final float[] high = new float[3];

  Bounds() {
    Arrays.fill(low, Float.POSITIVE_INFINITY);
    Arrays.fill(high, Float.NEGATIVE_INFINITY);
  }

  void add(float[] xyz) {
    for (int i = 0; i < xyz.length; i++) {
      low[i % 3] = Math.min(low[i % 3], xyz[i]);
      high[i % 3] = Math.max(high[i % 3], xyz[i]);
    }
  }

  String low() {
    return text(low);
  }

  String high() {
    return text(high);
  }

  private static String text(float[] corner) {
    return String.format(Locale.ROOT, "(%.4g, %.4g, %.4g)", corner[0], corner[1], corner[2]);
  }
}
