package org.trispike.vq.lm;

/**
 * Rotary positions (Su et al., RoFormer, 2021): of each head, channels 2i and 2i + 1 turn by
 * position · base^(−2i / head width).
 */
final class Rope {
  private final int headWidth;
  private final double[] frequencies;
  private final float[] cosines;
  private final float[] sines;

  Rope(int headWidth, double base) {
    this.headWidth = headWidth;
    this.frequencies = new double[headWidth / 2];
    this.cosines = new float[frequencies.length];
    this.sines = new float[frequencies.length];
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] = Math.pow(base, -2.0 * i / headWidth);
    }
  }

  /** Sets the position of the rotations that follow. */
  void position(int position) {
    for (int i = 0; i < frequencies.length; i++) {
      cosines[i] = (float) Math.cos(position * frequencies[i]);
      sines[i] = (float) Math.sin(position * frequencies[i]);
    }
  }

  /** Turns all heads of {@code x} in place. */
  void rotate(float[] x) {
    for (int at = 0; at < x.length; at += headWidth) {
      for (int i = 0; i < frequencies.length; i++) {
        float a = x[at + 2 * i];
        float b = x[at + 2 * i + 1];
        x[at + 2 * i] = a * cosines[i] - b * sines[i];
        x[at + 2 * i + 1] = a * sines[i] + b * cosines[i];
      }
    }
  }
}
