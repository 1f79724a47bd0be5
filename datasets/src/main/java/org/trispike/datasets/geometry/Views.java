package org.trispike.datasets.geometry;

import org.trispike.kernels.PointBatch;

/**
 * A cloud as the batch of views whose scores a model averages. The one place where this is done:
 * evaluation and prediction must not differ.
 */
public final class Views {
  private Views() {}

  /**
   * View k of n is the cloud turned by 2πk/n about the vertical axis; the first is the cloud
   * itself.
   *
   * @param rotations n, at least 1
   */
  public static PointBatch of(PointCloud cloud, int rotations) {
    if (rotations < 1) {
      throw new IllegalArgumentException("Rotations " + rotations + " are not positive");
    }
    int points = cloud.points();
    int[] offsets = new int[rotations + 1];
    float[] xyz = new float[3 * points * rotations];
    float[] rgb = new float[xyz.length];
    for (int k = 0; k < rotations; k++) {
      offsets[k + 1] = (k + 1) * points;
      turn(cloud.xyz(), 2 * Math.PI * k / rotations, xyz, 3 * k * points);
      System.arraycopy(cloud.rgb(), 0, rgb, 3 * k * points, 3 * points);
    }
    return new PointBatch(offsets, xyz, rgb);
  }

  private static void turn(float[] from, double angle, float[] to, int at) {
    double cosine = Math.cos(angle);
    double sine = Math.sin(angle);
    for (int i = 0; i < from.length; i += 3) {
      to[at + i] = (float) (from[i] * cosine - from[i + 1] * sine);
      to[at + i + 1] = (float) (from[i] * sine + from[i + 1] * cosine);
      to[at + i + 2] = from[i + 2];
    }
  }
}
