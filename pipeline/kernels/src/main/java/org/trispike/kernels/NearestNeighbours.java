package org.trispike.kernels;

import java.util.Arrays;

/**
 * The k nearest points of a cloud to some of its own points: exactly those of the smallest squared
 * distance, and of equally far ones those of the lowest index.
 *
 * <p>Squared distances are summed in single precision in the order x, y, z, without fused
 * multiply-adds, as {@link FarthestPointSampling} does. Each centre scans the whole cloud,
 * O(centres · points), in a loop of which the JIT compiler makes vectors; few points are nearer
 * than the k best before them, and only those touch the heap that keeps these. For clouds of some
 * ten thousand points; above that a tree would pay.
 */
public final class NearestNeighbours {
  private final float[] x;
  private final float[] y;
  private final float[] z;
  private final float[] distance;

  /** The best so far, the worst of them on top: the bits of the distance, then the index. */
  private final long[] heap;

  private NearestNeighbours(float[] xyz, int first, int points, int neighbours) {
    x = new float[points];
    y = new float[points];
    z = new float[points];
    for (int i = 0, at = 3 * first; i < points; i++, at += 3) {
      x[i] = xyz[at];
      y[i] = xyz[at + 1];
      z[i] = xyz[at + 2];
    }
    distance = new float[points];
    heap = new long[neighbours];
  }

  /**
   * @param xyz finite coordinates, three a point
   * @param first where the cloud's points begin in {@code xyz}, in points
   * @param points of the cloud
   * @param centres indices in the cloud
   * @param neighbours of each centre, at most {@code points}; the centre itself is one of them
   * @return [centres · neighbours] indices in the cloud, the nearest of each centre first
   */
  public static int[] search(float[] xyz, int first, int points, int[] centres, int neighbours) {
    if (first < 0 || points < 0 || (first + (long) points) * 3 > xyz.length) {
      throw new IllegalArgumentException(
          "Points " + first + ".." + (first + (long) points) + " are not in the array");
    }
    if (neighbours < 1 || neighbours > points) {
      throw new IllegalArgumentException(neighbours + " neighbours of " + points + " points");
    }
    NearestNeighbours search = new NearestNeighbours(xyz, first, points, neighbours);
    int[] found = new int[Math.multiplyExact(centres.length, neighbours)];
    for (int c = 0; c < centres.length; c++) {
      search.find(centres[c], found, c * neighbours);
    }
    return found;
  }

  private void find(int centre, int[] found, int at) {
    measure(x[centre], y[centre], z[centre]);
    for (int i = 0; i < heap.length; i++) {
      heap[i] = key(i);
    }
    for (int i = heap.length / 2 - 1; i >= 0; i--) {
      sink(i, heap[i]);
    }
    float worst = distance(heap[0]);
    for (int i = heap.length; i < distance.length; i++) {
      // Of equally far points the ones that came before stay.
      if (distance[i] < worst) {
        sink(0, key(i));
        worst = distance(heap[0]);
      }
    }
    Arrays.sort(heap);
    for (int i = 0; i < heap.length; i++) {
      found[at + i] = (int) heap[i];
    }
  }

  private void measure(float cx, float cy, float cz) {
    for (int i = 0; i < distance.length; i++) {
      float dx = x[i] - cx;
      float dy = y[i] - cy;
      float dz = z[i] - cz;
      distance[i] = dx * dx + dy * dy + dz * dz;
    }
  }

  /** Rises with the distance, and among equal ones with the index. */
  private long key(int i) {
    return (long) Float.floatToRawIntBits(distance[i]) << 32 | i;
  }

  private static float distance(long key) {
    return Float.intBitsToFloat((int) (key >>> 32));
  }

  /** Puts {@code key} where node i is, or below it in the place of a larger one. */
  private void sink(int i, long key) {
    int hole = i;
    for (int child = 2 * hole + 1; child < heap.length; child = 2 * hole + 1) {
      if (child + 1 < heap.length && heap[child + 1] > heap[child]) {
        child++;
      }
      if (heap[child] <= key) {
        break;
      }
      heap[hole] = heap[child];
      hole = child;
    }
    heap[hole] = key;
  }
}
