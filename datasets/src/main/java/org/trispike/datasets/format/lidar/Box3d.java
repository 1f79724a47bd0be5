package org.trispike.datasets.format.lidar;

import java.util.Objects;

/**
 * A box around an object, in the lidar's coordinates. It stands upright.
 *
 * @param x of the box's middle, in metres
 * @param y of the box's middle
 * @param z of the box's middle
 * @param length along the heading
 * @param width across it
 * @param height upwards
 * @param yaw the heading, turned from x towards y, in radians within [−π, π)
 * @param category the name of its class
 * @param truncation the share of the object beyond the picture, 0..1; −1 if nobody said
 * @param occlusion 0 for fully visible, 1 partly, 2 largely occluded, 3 unknown; −1 if nobody said
 * @param difficulty by KITTI's rule
 */
public record Box3d(
    double x,
    double y,
    double z,
    double length,
    double width,
    double height,
    double yaw,
    String category,
    double truncation,
    int occlusion,
    Difficulty difficulty) {
  public Box3d {
    Objects.requireNonNull(category);
    Objects.requireNonNull(difficulty);
    if (!Double.isFinite(x) || !Double.isFinite(y) || !Double.isFinite(z)) {
      throw new IllegalArgumentException("A box lies at " + x + ", " + y + ", " + z);
    }
    if (!positive(length) || !positive(width) || !positive(height)) {
      throw new IllegalArgumentException(
          "A box is " + length + " by " + width + " by " + height + " metres");
    }
    if (!(yaw >= -Math.PI && yaw < Math.PI)) {
      throw new IllegalArgumentException("Yaw = " + yaw + " is outside [−π, π)");
    }
  }

  private static boolean positive(double value) {
    return value > 0 && Double.isFinite(value);
  }

  /** The same angle within [−π, π). */
  static double wrapped(double angle) {
    double turned = angle - 2 * Math.PI * Math.floor((angle + Math.PI) / (2 * Math.PI));
    // Rounding may end on the open side.
    return turned >= Math.PI ? -Math.PI : Math.max(-Math.PI, turned);
  }

  /** Whether a point lies in the box or on its surface. */
  public boolean contains(double px, double py, double pz) {
    double ahead = (px - x) * Math.cos(yaw) + (py - y) * Math.sin(yaw);
    double aside = (py - y) * Math.cos(yaw) - (px - x) * Math.sin(yaw);
    return Math.abs(ahead) <= length / 2
        && Math.abs(aside) <= width / 2
        && Math.abs(pz - z) <= height / 2;
  }

  /**
   * Its corners [8, 3]. Bit 0 of a corner's number is set in front, bit 1 on the left and bit 2 on
   * top.
   */
  public double[] corners() {
    double[] out = new double[24];
    for (int corner = 0; corner < 8; corner++) {
      double ahead = ((corner & 1) - 0.5) * length;
      double aside = ((corner >> 1 & 1) - 0.5) * width;
      out[3 * corner] = x + ahead * Math.cos(yaw) - aside * Math.sin(yaw);
      out[3 * corner + 1] = y + ahead * Math.sin(yaw) + aside * Math.cos(yaw);
      out[3 * corner + 2] = z + ((corner >> 2) - 0.5) * height;
    }
    return out;
  }
}
