package org.trispike.training.draw;

import java.io.Serializable;
import org.trispike.kernels.KeyedRandom;

/**
 * The augmentations of a cloud, each with its own switch; they are applied in the order of the
 * fields. Source: OpenShape's loader (spec of SVL §4.3), except that points that are dropped are
 * left out, where OpenShape overwrites them by the first point, and that scale may differ by axis.
 *
 * @param dropout up to this share of points is left out, the share itself uniform; 0.875 in SVL
 * @param mirror probability that x is negated
 * @param scaleLow one factor for all axes is uniform from here, ...
 * @param scaleHigh ... to here; 0.8 and 1.25 in SVL
 * @param stretch a further factor of each axis is uniform in 1 ± this; 0 in SVL
 * @param shift each axis is moved by a uniform ± this; 0.1 in SVL
 * @param tilt standard deviation, in radians, of small rotations about each axis, at most three of
 *     it; 0.06 in SVL
 * @param turn rotation about z, uniform in ± this many radians; π in SVL
 * @param jitter standard deviation of a move of each point; 0 in SVL
 * @param colourDrop probability that all colours become {@link #GREY}; 0.5 in SVL
 * @param colourJitter each channel is scaled by a uniform 1 ± this and moved by a uniform ± half of
 *     it; 0 in SVL
 */
public record Augmentation(
    double dropout,
    double mirror,
    double scaleLow,
    double scaleHigh,
    double stretch,
    double shift,
    double tilt,
    double turn,
    double jitter,
    double colourDrop,
    double colourJitter)
    implements Serializable {
  /** The colour of what has none. */
  public static final float GREY = 0.4f;

  public Augmentation {
    check(dropout >= 0 && dropout < 1, "Point dropout is in 0..1, without 1, not " + dropout);
    check(mirror >= 0 && mirror <= 1, "The probability of a mirror is in 0..1, not " + mirror);
    check(
        scaleLow > 0 && scaleLow <= scaleHigh,
        "Scales go from " + scaleLow + " to " + scaleHigh + "?");
    check(stretch >= 0 && stretch < 1, "Stretch is in 0..1, without 1, not " + stretch);
    check(shift >= 0, "Shift is not negative, but " + shift);
    check(tilt >= 0, "Tilt is not negative, but " + tilt);
    check(turn >= 0, "Turn is not negative, but " + turn);
    check(jitter >= 0, "Jitter is not negative, but " + jitter);
    check(colourDrop >= 0 && colourDrop <= 1, "Colour drop is in 0..1, not " + colourDrop);
    check(colourJitter >= 0 && colourJitter < 1, "Colour jitter is in 0..1, not " + colourJitter);
  }

  /** None at all. */
  public static Augmentation none() {
    return new Augmentation(0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0);
  }

  /** Those of SVL's configuration. */
  public static Augmentation svl() {
    return new Augmentation(0.875, 0, 0.8, 1.25, 0, 0.1, 0.06, Math.PI, 0, 0.5, 0);
  }

  /** The mean of {@link #remaining} over all draws, rounded. */
  int meanRemaining(int points) {
    return Math.max(1, (int) Math.round((1 - dropout / 2) * points));
  }

  /** How many of {@code points} points remain; the first draw of a sample. */
  int remaining(int points, KeyedRandom random) {
    double share = 1 - dropout * random.nextDouble();
    return Math.max(1, (int) Math.round(share * points));
  }

  /** Changes a cloud in place; coordinates are rows p of p · R. */
  void apply(float[] xyz, float[] rgb, KeyedRandom random) {
    move(xyz, factors(random), shifts(random), rotation(random));
    if (jitter > 0) {
      for (int i = 0; i < xyz.length; i++) {
        xyz[i] += (float) (jitter * random.nextGaussian());
      }
    }
    colour(rgb, random);
  }

  private double[] factors(KeyedRandom random) {
    double flip = random.nextDouble() < mirror ? -1 : 1;
    double scale = random.uniform(scaleLow, scaleHigh);
    double[] factors = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      factors[axis] = scale * random.uniform(1 - stretch, 1 + stretch);
    }
    factors[0] *= flip;
    return factors;
  }

  private double[] shifts(KeyedRandom random) {
    return new double[] {
      random.uniform(-shift, shift), random.uniform(-shift, shift), random.uniform(-shift, shift)
    };
  }

  /** R = Rz · Ry · Rx of the tilts, then the turn. */
  private double[][] rotation(KeyedRandom random) {
    double[][] rotation = identity();
    for (int axis = 2; axis >= 0; axis--) {
      double angle = Math.max(-3, Math.min(3, random.nextGaussian())) * tilt;
      rotation = times(rotation, rotation(axis, angle));
    }
    return times(rotation, rotation(2, random.uniform(-turn, turn)));
  }

  private static void move(float[] xyz, double[] factors, double[] shifts, double[][] r) {
    for (int i = 0; i < xyz.length; i += 3) {
      double x = xyz[i] * factors[0] + shifts[0];
      double y = xyz[i + 1] * factors[1] + shifts[1];
      double z = xyz[i + 2] * factors[2] + shifts[2];
      for (int k = 0; k < 3; k++) {
        xyz[i + k] = (float) (x * r[0][k] + y * r[1][k] + z * r[2][k]);
      }
    }
  }

  private void colour(float[] rgb, KeyedRandom random) {
    if (random.nextDouble() < colourDrop) {
      java.util.Arrays.fill(rgb, GREY);
      return;
    }
    for (int channel = 0; channel < 3 && colourJitter > 0; channel++) {
      float factor = random.uniform(1 - colourJitter, 1 + colourJitter);
      float move = random.uniform(-colourJitter / 2, colourJitter / 2);
      for (int i = channel; i < rgb.length; i += 3) {
        rgb[i] = Math.max(0, Math.min(1, rgb[i] * factor + move));
      }
    }
  }

  private static double[][] identity() {
    return new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
  }

  /** By {@code angle} about an axis, for row vectors. */
  static double[][] rotation(int axis, double angle) {
    double[][] r = identity();
    int a = (axis + 1) % 3;
    int b = (axis + 2) % 3;
    r[a][a] = Math.cos(angle);
    r[a][b] = Math.sin(angle);
    r[b][a] = -Math.sin(angle);
    r[b][b] = Math.cos(angle);
    return r;
  }

  private static double[][] times(double[][] a, double[][] b) {
    double[][] product = new double[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        for (int k = 0; k < 3; k++) {
          product[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return product;
  }

  private static void check(boolean ok, String message) {
    if (!ok) {
      throw new IllegalArgumentException(message);
    }
  }
}
