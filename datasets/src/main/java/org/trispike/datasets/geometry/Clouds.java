package org.trispike.datasets.geometry;

import org.trispike.kernels.KeyedPermutation;

/** What is done to whole clouds. Results are new clouds; colours may be shared with the input. */
public final class Clouds {
  /** A cloud of a smaller radius counts as one point. */
  private static final double SMALLEST_RADIUS = 1e-6;

  private Clouds() {}

  /** Centred on the mean and divided by the largest radius; all zeros if that is below 1e-6. */
  public static PointCloud unitSphere(PointCloud cloud) {
    float[] xyz = cloud.xyz();
    int points = cloud.points();
    double sumX = 0;
    double sumY = 0;
    double sumZ = 0;
    for (int i = 0; i < xyz.length; i += 3) {
      sumX += xyz[i];
      sumY += xyz[i + 1];
      sumZ += xyz[i + 2];
    }
    double meanX = sumX / points;
    double meanY = sumY / points;
    double meanZ = sumZ / points;
    double largest = 0;
    for (int i = 0; i < xyz.length; i += 3) {
      double x = xyz[i] - meanX;
      double y = xyz[i + 1] - meanY;
      double z = xyz[i + 2] - meanZ;
      largest = Math.max(largest, x * x + y * y + z * z);
    }
    double radius = Math.sqrt(largest);
    double scale = radius < SMALLEST_RADIUS ? 0 : 1 / radius;
    float[] out = new float[xyz.length];
    for (int i = 0; i < xyz.length; i += 3) {
      out[i] = (float) ((xyz[i] - meanX) * scale);
      out[i + 1] = (float) ((xyz[i + 1] - meanY) * scale);
      out[i + 2] = (float) ((xyz[i + 2] - meanZ) * scale);
    }
    return new PointCloud(out, cloud.rgb());
  }

  /**
   * A cloud of exactly {@code points} points of this one: drawn without repetition as long as there
   * are new ones, then all over again. The cloud itself if it has that many.
   *
   * @throws IllegalArgumentException if the cloud is empty, or {@code points} is not positive
   */
  public static PointCloud resample(PointCloud cloud, int points, long seed) {
    int present = cloud.points();
    if (present < 1 || points < 1) {
      throw new IllegalArgumentException(
          "No " + points + " points can be drawn from a cloud of " + present);
    }
    if (present == points) {
      return cloud;
    }
    float[] xyz = new float[points * 3];
    float[] rgb = new float[points * 3];
    KeyedPermutation order = null;
    for (int i = 0; i < points; i++) {
      if (i % present == 0) {
        order = new KeyedPermutation(present, seed + i / present);
      }
      int from = (int) order.apply(i % present) * 3;
      System.arraycopy(cloud.xyz(), from, xyz, i * 3, 3);
      System.arraycopy(cloud.rgb(), from, rgb, i * 3, 3);
    }
    return new PointCloud(xyz, rgb);
  }
}
