package org.trispike.kernels.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link SiteMeans} with the Vector API. A site is added up in eight floats (x, y, z, how many
 * points, r, g, b and one that means nothing), so that a point is two additions. How many is exact
 * up to 2^24.
 */
final class VectorSiteMeans {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_128;
  private static final int W = 4;
  private static final int ROW = 2 * W;
  private static final int FEATURES = SiteMeans.FEATURES;
  private static final VectorMask<Float> LAST = VectorMask.fromLong(S, 1L << W - 1);

  private VectorSiteMeans() {}

  static float[] of(float[] xyz, float[] rgb, int[] siteOf, int sites) {
    float[] sums = new float[sites * ROW];
    int last = siteOf.length - 1;
    for (int i = 0, p = 0; i < last; i++, p += 3) {
      int at = siteOf[i] * ROW;
      FloatVector.fromArray(S, xyz, p)
          .blend(1, LAST)
          .add(FloatVector.fromArray(S, sums, at))
          .intoArray(sums, at);
      FloatVector.fromArray(S, rgb, p)
          .add(FloatVector.fromArray(S, sums, at + W))
          .intoArray(sums, at + W);
    }
    if (last >= 0) {
      // Behind the last point there is no fourth number to read.
      add(xyz, rgb, 3 * last, sums, siteOf[last] * ROW);
    }
    float[] means = new float[sites * FEATURES];
    for (int site = 0, at = 0, to = 0; site < sites; site++, at += ROW, to += FEATURES) {
      float scale = 1f / sums[at + W - 1];
      if (site < sites - 1) {
        // What the fourth lanes write, the next store writes again.
        FloatVector.fromArray(S, sums, at).mul(scale).intoArray(means, to);
        FloatVector.fromArray(S, sums, at + W).mul(scale).intoArray(means, to + 3);
      } else {
        for (int f = 0; f < 3; f++) {
          means[to + f] = sums[at + f] * scale;
          means[to + 3 + f] = sums[at + W + f] * scale;
        }
      }
    }
    return means;
  }

  private static void add(float[] xyz, float[] rgb, int p, float[] sums, int at) {
    for (int f = 0; f < 3; f++) {
      sums[at + f] += xyz[p + f];
      sums[at + W + f] += rgb[p + f];
    }
    sums[at + W - 1]++;
  }
}
