package org.trispike.kernels;

import java.util.Arrays;

/**
 * Exact farthest-point sampling: each pick is the point farthest from all picks before it, that is
 * the argmax over i of min over picks p of |x_i − x_p|². Of equally far points the one of the
 * lowest index is picked; once every point coincides with a pick, that is point 0 again and again.
 *
 * <p>Squared distances are summed in single precision in the order x, y, z, without fused
 * multiply-adds, so that all ways of computing them pick the same points. Small clouds are scanned
 * whole for each pick, O(points · picks); larger ones are cut into boxes, of which most cannot
 * change any more after the first picks and are passed over ({@link FarthestPointTree}). Source:
 * Eldar et al., The Farthest Point Strategy for Progressive Image Sampling (1997). The result
 * depends on {@code start}: whoever wants the same picks for rotated clouds keys it by the sample.
 */
public final class FarthestPointSampling {
  /** Below as many points building the boxes costs more than they save. */
  private static final int SMALL = 512;

  private FarthestPointSampling() {}

  /**
   * @param xyz coordinates, three a point
   * @param first where the cloud's points begin in {@code xyz}, in points
   * @param points of the cloud
   * @param picks wanted, at most {@code points}
   * @param start the index of the first pick in the cloud
   * @return [picks] indices in the cloud, in the order of picking
   * @throws IllegalArgumentException if more points are wanted than there are, {@code start} is not
   *     in the cloud, or a coordinate is not finite
   */
  public static int[] sample(float[] xyz, int first, int points, int picks, int start) {
    check(xyz, first, points, picks, start);
    return points < SMALL
        ? scanned(xyz, first, points, picks, start)
        : pruned(xyz, first, points, picks, start);
  }

  private static void check(float[] xyz, int first, int points, int picks, int start) {
    if (first < 0 || points < 0 || (first + (long) points) * 3 > xyz.length) {
      throw new IllegalArgumentException(
          "Points " + first + ".." + (first + (long) points) + " are not in the array");
    }
    if (picks < 1 || picks > points) {
      throw new IllegalArgumentException(picks + " picks of " + points + " points");
    }
    if (start < 0 || start >= points) {
      throw new IllegalArgumentException("Start " + start + " is outside 0.." + (points - 1));
    }
    for (int i = 3 * first; i < 3 * (first + points); i++) {
      if (!(Math.abs(xyz[i]) <= Float.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "Point " + (i / 3 - first) + " has a coordinate of " + xyz[i]);
      }
    }
  }

  static int[] pruned(float[] xyz, int first, int points, int picks, int start) {
    FarthestPointTree tree = new FarthestPointTree(xyz, first, points);
    int[] picked = new int[picks];
    picked[0] = start;
    for (int k = 1; k < picks; k++) {
      int at = 3 * (first + picked[k - 1]);
      tree.pick(xyz[at], xyz[at + 1], xyz[at + 2]);
      picked[k] = tree.farthest();
    }
    return picked;
  }

  /** The plain way; the JIT compiler makes vectors of its inner loop. */
  static int[] scanned(float[] xyz, int first, int points, int picks, int start) {
    float[] x = new float[points];
    float[] y = new float[points];
    float[] z = new float[points];
    for (int i = 0, at = 3 * first; i < points; i++, at += 3) {
      x[i] = xyz[at];
      y[i] = xyz[at + 1];
      z[i] = xyz[at + 2];
    }
    float[] distance = new float[points];
    Arrays.fill(distance, Float.POSITIVE_INFINITY);
    int[] picked = new int[picks];
    picked[0] = start;
    for (int k = 1; k < picks; k++) {
      int p = picked[k - 1];
      approach(x, y, z, distance, x[p], y[p], z[p]);
      picked[k] = farthest(distance);
    }
    return picked;
  }

  private static void approach(
      float[] x, float[] y, float[] z, float[] distance, float px, float py, float pz) {
    for (int i = 0; i < distance.length; i++) {
      float dx = x[i] - px;
      float dy = y[i] - py;
      float dz = z[i] - pz;
      distance[i] = Math.min(distance[i], dx * dx + dy * dy + dz * dz);
    }
  }

  private static int farthest(float[] distance) {
    float most = -1;
    int farthest = 0;
    for (int i = 0; i < distance.length; i++) {
      if (distance[i] > most) {
        most = distance[i];
        farthest = i;
      }
    }
    return farthest;
  }
}
