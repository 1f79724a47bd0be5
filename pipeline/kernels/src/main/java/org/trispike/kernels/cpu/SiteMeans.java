package org.trispike.kernels.cpu;

/**
 * The mean of the coordinates and colours of the points of each site, added up in the order of the
 * points in single precision; with and without vectors the same bits.
 */
public final class SiteMeans {
  /** x, y, z, r, g, b. */
  static final int FEATURES = 6;

  private static final boolean VECTOR = VectorSupport.present();

  private SiteMeans() {}

  /**
   * Means of all sites.
   *
   * @param xyz [points · 3]
   * @param rgb [points · 3]
   * @param siteOf [points] 0..sites−1; no site is without a point
   * @return [sites · 6]
   */
  public static float[] of(float[] xyz, float[] rgb, int[] siteOf, int sites) {
    return VECTOR ? VectorSiteMeans.of(xyz, rgb, siteOf, sites) : plain(xyz, rgb, siteOf, sites);
  }

  static float[] plain(float[] xyz, float[] rgb, int[] siteOf, int sites) {
    float[] features = new float[sites * FEATURES];
    int[] points = new int[sites];
    for (int i = 0, p = 0; i < siteOf.length; i++, p += 3) {
      int at = siteOf[i] * FEATURES;
      points[siteOf[i]]++;
      features[at] += xyz[p];
      features[at + 1] += xyz[p + 1];
      features[at + 2] += xyz[p + 2];
      features[at + 3] += rgb[p];
      features[at + 4] += rgb[p + 1];
      features[at + 5] += rgb[p + 2];
    }
    for (int site = 0, at = 0; site < sites; site++, at += FEATURES) {
      float scale = 1f / points[site];
      for (int f = 0; f < FEATURES; f++) {
        features[at + f] *= scale;
      }
    }
    return features;
  }
}
