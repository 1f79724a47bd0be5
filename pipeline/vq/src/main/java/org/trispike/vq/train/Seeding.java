package org.trispike.vq.train;

import java.util.Arrays;
import org.trispike.kernels.KeyedRandom;

/**
 * k-means++ (Arthur and Vassilvitskii, SODA 2007): each seed is a point drawn with the probability
 * of its squared distance to the seeds before it. O(n·k·length).
 */
final class Seeding {
  private Seeding() {}

  /** k seeds, [k, length]; where fewer points differ, the rest repeats some. */
  static float[] seeds(Points points, int k, KeyedRandom random) {
    int n = points.count();
    int length = points.length();
    // Element by element, so that the loops over points run on whole vectors.
    float[][] values = columns(points, points.values());
    float[][] weights = points.weights() == null ? null : columns(points, points.weights());
    float[] least = new float[n];
    Arrays.fill(least, Float.POSITIVE_INFINITY);
    float[] distance = new float[n];
    float[] seeds = new float[k * length];
    int chosen = random.nextInt(n);
    for (int s = 0; s < k; s++) {
      System.arraycopy(points.values(), chosen * length, seeds, s * length, length);
      Arrays.fill(distance, 0f);
      for (int d = 0; d < length; d++) {
        addSquares(values[d], seeds[s * length + d], weights == null ? null : weights[d], distance);
      }
      for (int i = 0; i < n; i++) {
        least[i] = Math.min(least[i], distance[i]);
      }
      chosen = draw(least, random);
    }
    return seeds;
  }

  private static float[][] columns(Points points, float[] rows) {
    float[][] columns = new float[points.length()][points.count()];
    for (int d = 0; d < columns.length; d++) {
      for (int i = 0; i < columns[d].length; i++) {
        columns[d][i] = rows[i * columns.length + d];
      }
    }
    return columns;
  }

  private static void addSquares(float[] x, float seed, float[] weights, float[] distance) {
    if (weights == null) {
      for (int i = 0; i < x.length; i++) {
        float difference = x[i] - seed;
        distance[i] += difference * difference;
      }
    } else {
      for (int i = 0; i < x.length; i++) {
        float difference = x[i] - seed;
        distance[i] += weights[i] * difference * difference;
      }
    }
  }

  private static int draw(float[] masses, KeyedRandom random) {
    double total = 0;
    for (float mass : masses) {
      total += mass;
    }
    double target = random.nextDouble() * total;
    double sum = 0;
    for (int i = 0; i < masses.length; i++) {
      sum += masses[i];
      if (sum > target) {
        return i;
      }
    }
    // All points are seeds already.
    return random.nextInt(masses.length);
  }
}
