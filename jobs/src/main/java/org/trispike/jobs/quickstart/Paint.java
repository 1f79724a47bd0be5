package org.trispike.jobs.quickstart;

import java.util.Locale;
import org.trispike.kernels.KeyedRandom;

/** The colours that captions name, each with a little variation between shapes. */
enum Paint {
  RED(0.85, 0.12, 0.10),
  GREEN(0.15, 0.65, 0.20),
  BLUE(0.12, 0.25, 0.85),
  YELLOW(0.95, 0.85, 0.15),
  ORANGE(0.95, 0.50, 0.08),
  PURPLE(0.50, 0.15, 0.65),
  PINK(0.95, 0.55, 0.70),
  BROWN(0.45, 0.28, 0.12),
  BLACK(0.08, 0.08, 0.08),
  WHITE(0.94, 0.94, 0.92);

  private static final double VARIATION = 0.05;

  private final double[] rgb;

  Paint(double... rgb) {
    this.rgb = rgb;
  }

  /** Its word with the article. */
  String worded() {
    return (this == ORANGE ? "an " : "a ") + name().toLowerCase(Locale.ROOT);
  }

  /** Red, green and blue in [0, 1]. */
  double[] draw(KeyedRandom random) {
    double[] drawn = new double[3];
    for (int c = 0; c < 3; c++) {
      drawn[c] = Math.min(1, Math.max(0, rgb[c] + random.uniform(-VARIATION, VARIATION)));
    }
    return drawn;
  }
}
