package org.trispike.kernels;

import java.util.Arrays;

/**
 * The points of a cloud with their distances to the nearest pick, in boxes: a pick changes nothing
 * in a box that is no nearer to it than the box's farthest point is to the picks before, and such a
 * box is passed over with all that is in it.
 *
 * <p>Leaves hold {@link #LEAF} points that follow each other in Morton order; above them stands a
 * complete binary tree. Exact, not only up to rounding: rounding is monotonic, so the distance to a
 * box, computed as that to a point is, is at most the computed distance to any point in it.
 * Building takes O(points), a pick as long as it has boxes to look into: all of them for the first
 * picks, a few leaves and the way to them for the later ones.
 */
final class FarthestPointTree {
  private static final int LEAF = 32;
  private static final int BITS = 11;
  private static final int CELLS = 1 << BITS;

  /** Numbers of a box: the lowest x, y, z, then the highest. */
  private static final int BOX = 6;

  /** The points in the order of the leaves. */
  private final int[] index;

  private final float[] x;
  private final float[] y;
  private final float[] z;

  /** Squared, as the bits of the float: those of numbers that are not negative rise with them. */
  private final int[] distance;

  private final int leaves;

  /** Of node i, whose children are 2i and 2i + 1; the leaves are the last. */
  private final float[] boxes;

  /** The rank of a node's farthest point; −1 if it has none. */
  private final long[] farthest;

  private float px;
  private float py;
  private float pz;

  FarthestPointTree(float[] xyz, int first, int points) {
    index = order(xyz, first, points);
    x = new float[points];
    y = new float[points];
    z = new float[points];
    for (int i = 0; i < points; i++) {
      int from = 3 * (first + index[i]);
      x[i] = xyz[from];
      y[i] = xyz[from + 1];
      z[i] = xyz[from + 2];
    }
    distance = new int[points];
    Arrays.fill(distance, Float.floatToRawIntBits(Float.POSITIVE_INFINITY));
    leaves = 2 * Integer.highestOneBit(Math.max(1, (points - 1) / LEAF));
    boxes = new float[2 * leaves * BOX];
    farthest = new long[2 * leaves];
    for (int leaf = 0; leaf < leaves; leaf++) {
      enclose(leaf);
    }
    for (int node = leaves - 1; node > 0; node--) {
      farthest[node] = Math.max(farthest[2 * node], farthest[2 * node + 1]);
      for (int d = 0; d < BOX; d++) {
        float left = boxes[2 * node * BOX + d];
        float right = boxes[(2 * node + 1) * BOX + d];
        boxes[node * BOX + d] = d < 3 ? Math.min(left, right) : Math.max(left, right);
      }
    }
  }

  /** Indices of the points by the Morton code of their cells. */
  private static int[] order(float[] xyz, int first, int points) {
    float[] low = new float[3];
    float[] scale = new float[3];
    for (int axis = 0; axis < 3; axis++) {
      float min = Float.POSITIVE_INFINITY;
      float max = Float.NEGATIVE_INFINITY;
      for (int i = 3 * first + axis; i < 3 * (first + points); i += 3) {
        min = Math.min(min, xyz[i]);
        max = Math.max(max, xyz[i]);
      }
      low[axis] = min;
      // Where all lie in one plane, or farther apart than a float can say, there is one cell.
      scale[axis] = max > min ? CELLS / (max - min) : 0;
    }
    RadixSort sort = new RadixSort();
    sort.reserve(points);
    for (int i = 0; i < points; i++) {
      long key = 0;
      for (int axis = 0; axis < 3; axis++) {
        float cell = (xyz[3 * (first + i) + axis] - low[axis]) * scale[axis];
        key = key << 1 | spread(Math.min((int) cell, CELLS - 1));
      }
      sort.keys()[i] = key;
      sort.items()[i] = i;
    }
    sort.sort(points, 3 * BITS);
    return Arrays.copyOf(sort.items(), points);
  }

  /** The bits of a number below 2^11 with two zeros between each. */
  private static long spread(int cell) {
    long bits = cell;
    bits = (bits | bits << 16) & 0xFF0000FFL;
    bits = (bits | bits << 8) & 0x0F00F00F00FL;
    bits = (bits | bits << 4) & 0xC30C30C30C3L;
    return (bits | bits << 2) & 0x249249249249L;
  }

  private void enclose(int leaf) {
    int node = leaves + leaf;
    int box = node * BOX;
    Arrays.fill(boxes, box, box + 3, Float.POSITIVE_INFINITY);
    Arrays.fill(boxes, box + 3, box + BOX, Float.NEGATIVE_INFINITY);
    long most = -1;
    for (int i = from(node); i < from(node + 1); i++) {
      boxes[box] = Math.min(boxes[box], x[i]);
      boxes[box + 1] = Math.min(boxes[box + 1], y[i]);
      boxes[box + 2] = Math.min(boxes[box + 2], z[i]);
      boxes[box + 3] = Math.max(boxes[box + 3], x[i]);
      boxes[box + 4] = Math.max(boxes[box + 4], y[i]);
      boxes[box + 5] = Math.max(boxes[box + 5], z[i]);
      most = Math.max(most, rank(distance[i], index[i]));
    }
    farthest[node] = most;
  }

  /** Where the points of a leaf begin. */
  private int from(int node) {
    return Math.min((node - leaves) * LEAF, index.length);
  }

  /** Rises with the distance, and falls with the index of equally far points. */
  private static long rank(int distance, int index) {
    return (long) distance << 32 | Integer.MAX_VALUE - index;
  }

  /** Brings distances up to date with a pick at this place. */
  void pick(float pickX, float pickY, float pickZ) {
    px = pickX;
    py = pickY;
    pz = pickZ;
    update(1);
  }

  /** The index of the point that is farthest from all picks. */
  int farthest() {
    return Integer.MAX_VALUE - (int) farthest[1];
  }

  private void update(int node) {
    if (bound(node * BOX) >= farthest[node] >> 32) {
      return;
    }
    if (node >= leaves) {
      approach(node);
      return;
    }
    update(2 * node);
    update(2 * node + 1);
    farthest[node] = Math.max(farthest[2 * node], farthest[2 * node + 1]);
  }

  /** The squared distance of the pick to a box. */
  private int bound(int box) {
    float dx = Math.max(0, Math.max(boxes[box] - px, px - boxes[box + 3]));
    float dy = Math.max(0, Math.max(boxes[box + 1] - py, py - boxes[box + 4]));
    float dz = Math.max(0, Math.max(boxes[box + 2] - pz, pz - boxes[box + 5]));
    return Float.floatToRawIntBits(dx * dx + dy * dy + dz * dz);
  }

  private void approach(int node) {
    long most = -1;
    int to = from(node + 1);
    for (int i = from(node); i < to; i++) {
      float dx = x[i] - px;
      float dy = y[i] - py;
      float dz = z[i] - pz;
      int nearest = Math.min(distance[i], Float.floatToRawIntBits(dx * dx + dy * dy + dz * dz));
      distance[i] = nearest;
      most = Math.max(most, rank(nearest, index[i]));
    }
    farthest[node] = most;
  }
}
