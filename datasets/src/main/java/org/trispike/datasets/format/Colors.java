package org.trispike.datasets.format;

/** Colours as files give them, in 0..1 or in 0..255. */
public final class Colors {
  /** What a file that gives colours says of a vertex without one; checks turn it into grey. */
  static final float NONE = Float.NaN;

  /** Above 1 by more than rounding. */
  private static final float ABOVE_ONE = 1.01f;

  private Colors() {}

  /** The same array, divided by 255 if any value is above 1. */
  public static float[] scale(float[] rgb) {
    for (float value : rgb) {
      if (value > ABOVE_ONE) {
        for (int i = 0; i < rgb.length; i++) {
          rgb[i] /= 255;
        }
        return rgb;
      }
    }
    return rgb;
  }
}
