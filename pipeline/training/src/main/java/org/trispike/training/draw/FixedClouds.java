package org.trispike.training.draw;

import org.trispike.datasets.geometry.PointCloud;
import org.trispike.kernels.KeyedRandom;

/** Clouds for measuring: of each shape the same points each time, unchanged. */
public final class FixedClouds {
  private FixedClouds() {}

  /** A uniform choice of {@code points} points, or all where there are fewer, keyed by the id. */
  public static PointCloud subset(PointCloud cloud, int points, String id) {
    if (points >= cloud.points()) {
      return cloud;
    }
    KeyedRandom random = KeyedRandom.of(KeyedRandom.hash(id));
    int[] index = new int[cloud.points()];
    for (int i = 0; i < index.length; i++) {
      index[i] = i;
    }
    float[] xyz = new float[3 * points];
    float[] rgb = new float[3 * points];
    for (int i = 0; i < points; i++) {
      int other = i + random.nextInt(index.length - i);
      int chosen = index[other];
      index[other] = index[i];
      System.arraycopy(cloud.xyz(), 3 * chosen, xyz, 3 * i, 3);
      System.arraycopy(cloud.rgb(), 3 * chosen, rgb, 3 * i, 3);
    }
    return new PointCloud(xyz, rgb);
  }
}
