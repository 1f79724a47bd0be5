package org.trispike.datasets.format;

/** Linear light as sRGB values. */
final class Srgb {
  /** Steps of the table; between them, straight lines are within 2e-5 of the curve. */
  private static final int STEPS = 4096;

  private static final float[] TABLE = table();

  private Srgb() {}

  /** The sRGB value of linear light; outside 0..1, that of the nearest end. */
  static double exact(double linear) {
    double light = Math.max(0, Math.min(1, linear));
    return light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
  }

  /** The same from a table, for many values; NaN stays NaN. */
  static float quick(float linear) {
    float place = Math.max(0, Math.min(1, linear)) * STEPS;
    int step = Math.min((int) place, STEPS - 1);
    return TABLE[step] + (place - step) * (TABLE[step + 1] - TABLE[step]);
  }

  private static float[] table() {
    float[] table = new float[STEPS + 1];
    for (int i = 0; i <= STEPS; i++) {
      table[i] = (float) exact(i / (double) STEPS);
    }
    return table;
  }
}
