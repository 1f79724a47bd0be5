package org.trispike.vq.train;

import java.util.Arrays;
import org.trispike.kernels.KeyedRandom;

/**
 * Lloyd's algorithm from k-means++ seeds, the best of some restarts. An entry that loses all its
 * points moves to the point that is worst off. The cost never rises from one step to the next.
 * O(n·k·length) a step, most of it in one matrix product.
 */
final class KMeans {
  /** A step that gains a smaller share of the cost is the last. */
  private static final double GAIN = 1e-4;

  private final Nearest nearest;
  private final int restarts;
  private final int iterations;

  KMeans(Nearest nearest, int restarts, int iterations) {
    this.nearest = nearest;
    this.restarts = restarts;
    this.iterations = iterations;
  }

  /** k entries for the points; draws are keyed by {@code key} and the restart. */
  Clustering fit(Points points, int k, long key) {
    Clustering best = null;
    for (int restart = 0; restart < restarts; restart++) {
      Clustering one = lloyd(points, k, KeyedRandom.of(key, restart));
      if (best == null || one.cost() < best.cost()) {
        best = one;
      }
    }
    return best;
  }

  private Clustering lloyd(Points points, int k, KeyedRandom random) {
    Clustering now = assign(points, Seeding.seeds(points, k, random));
    for (int i = 0; i < iterations; i++) {
      Clustering next = step(points, now);
      boolean settled = now.cost() - next.cost() <= GAIN * now.cost();
      now = next;
      if (settled) {
        break;
      }
    }
    return now;
  }

  /** The means of the clusters, without empty ones, and the points' nearest of them. */
  Clustering step(Points points, Clustering clustering) {
    return assign(points, means(points, clustering));
  }

  private Clustering assign(Points points, float[] entries) {
    Clustering clustering =
        new Clustering(entries, new int[points.count()], new double[points.count()]);
    nearest.find(points, entries, clustering.codes(), clustering.distances());
    return clustering;
  }

  /** The means of the clusters; an empty one takes a point that is far from its own. */
  static float[] means(Points points, Clustering clustering) {
    int length = points.length();
    float[] entries = clustering.entries().clone();
    double[] sums = new double[entries.length];
    double[] weights = new double[entries.length];
    boolean[] used = new boolean[entries.length / length];
    for (int i = 0; i < points.count(); i++) {
      int code = clustering.codes()[i];
      used[code] = true;
      for (int d = 0; d < length; d++) {
        double weight = points.weight(i * length + d);
        sums[code * length + d] += weight * points.values()[i * length + d];
        weights[code * length + d] += weight;
      }
    }
    for (int e = 0; e < entries.length; e++) {
      // An element that counts nowhere in its cluster keeps its value.
      entries[e] = weights[e] > 0 ? (float) (sums[e] / weights[e]) : entries[e];
    }
    repair(points, clustering.distances(), used, entries);
    return entries;
  }

  private static void repair(Points points, double[] distances, boolean[] used, float[] entries) {
    int length = points.length();
    int[] worst = null;
    int next = 0;
    for (int e = 0; e < used.length; e++) {
      if (used[e]) {
        continue;
      }
      worst = worst == null ? worstFirst(distances) : worst;
      if (next == worst.length || distances[worst[next]] == 0) {
        return;
      }
      System.arraycopy(points.values(), worst[next++] * length, entries, e * length, length);
    }
  }

  private static int[] worstFirst(double[] distances) {
    // Bits of a positive float order as the float does; the index makes equal ones definite.
    long[] keys = new long[distances.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = (long) ~Float.floatToIntBits((float) distances[i]) << 32 | i;
    }
    Arrays.sort(keys);
    int[] order = new int[keys.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = (int) keys[i];
    }
    return order;
  }
}
