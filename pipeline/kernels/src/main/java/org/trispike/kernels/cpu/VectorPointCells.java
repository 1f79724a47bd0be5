package org.trispike.kernels.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link PointCells} and {@link PointMeans} with the Vector API. */
final class VectorPointCells {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = S.withLanes(int.class);
  private static final int W = S.length();

  private static final VectorMask<Float> COLOUR = VectorMask.fromLong(S, 0x70);
  private static final VectorMask<Float> COUNT = VectorMask.fromLong(S, 0x08);
  private static final VectorMask<Float> OTHERS = VectorMask.fromLong(S, 0x80);
  private static final FloatVector ONE = FloatVector.broadcast(S, 1);

  private VectorPointCells() {}

  /** Whole vectors of points; returns how many points that were. */
  static int keys(float[] xyz, int first, int n, PointCells.Packing packing, long[] keys) {
    float[] lows = new float[3 * W];
    int[] shifts = new int[3 * W];
    int[] shift = {packing.shiftX(), packing.shiftY(), 0};
    for (int i = 0; i < lows.length; i++) {
      lows[i] = packing.low()[i % 3];
      shifts[i] = shift[i % 3];
    }
    float size = packing.size();
    int[] parts = new int[3 * W];
    int margin = (1 << packing.shiftX()) + (1 << packing.shiftY()) + 1;
    int done = 0;
    for (; done + W <= n; done += W) {
      // Three vectors hold the coordinates of as many points as one has lanes.
      int at = 3 * (first + done);
      for (int k = 0; k < lows.length; k += W) {
        FloatVector cell = FloatVector.fromArray(S, xyz, at + k);
        cell = cell.sub(FloatVector.fromArray(S, lows, k)).div(size);
        VectorRounding.down(cell)
            .lanewise(VectorOperators.LSHL, IntVector.fromArray(INTS, shifts, k))
            .intoArray(parts, k);
      }
      for (int i = 0, k = 0; i < W; i++, k += 3) {
        keys[done + i] = parts[k] + parts[k + 1] + parts[k + 2] + margin;
      }
    }
    return done;
  }

  /**
   * Whether a vector is a row of sums. Wider ones reach into the next row and are slower than plain
   * loops; narrower ones beside the others' would keep the compiler from compiling any of them
   * well: it then sees two classes where there was one.
   */
  static boolean fitsSums() {
    return W == PointMeans.SUMS;
  }

  /** Adds some of the points, from the first on; returns how many. */
  static int add(float[] xyz, float[] rgb, int points, int[] rowOf, float[] sums) {
    // A vector that begins at a point's place, and one that holds its colour from lane 4 on.
    int done = Math.min(2, points);
    PointMeans.add(xyz, rgb, 0, done, rowOf, sums);
    for (; 3 * done + W <= 3 * points; done++) {
      int at = rowOf[done] * PointMeans.SUMS;
      FloatVector.fromArray(S, xyz, 3 * done)
          .blend(FloatVector.fromArray(S, rgb, 3 * done - 4), COLOUR)
          .blend(ONE, COUNT)
          .blend(0, OTHERS)
          .add(FloatVector.fromArray(S, sums, at))
          .intoArray(sums, at);
    }
    return done;
  }

  /** Widens the extent by whole vectors of points; returns the first of the others. */
  static int widen(float[] xyz, int from, int to, float[] low, float[] high, int at) {
    int done = from;
    FloatVector low0 = FloatVector.broadcast(S, Float.POSITIVE_INFINITY);
    FloatVector low1 = low0;
    FloatVector low2 = low0;
    FloatVector high0 = low0.neg();
    FloatVector high1 = high0;
    FloatVector high2 = high0;
    FloatVector zero = FloatVector.zero(S);
    for (; done + W <= to; done += W) {
      // Three vectors hold the coordinates of as many points as one has lanes.
      FloatVector a = FloatVector.fromArray(S, xyz, 3 * done);
      FloatVector b = FloatVector.fromArray(S, xyz, 3 * done + W);
      FloatVector c = FloatVector.fromArray(S, xyz, 3 * done + 2 * W);
      low0 = low0.blend(a, a.compare(VectorOperators.LT, low0));
      low1 = low1.blend(b, b.compare(VectorOperators.LT, low1));
      low2 = low2.blend(c, c.compare(VectorOperators.LT, low2));
      high0 = high0.blend(a, a.compare(VectorOperators.GT, high0));
      high1 = high1.blend(b, b.compare(VectorOperators.GT, high1));
      high2 = high2.blend(c, c.compare(VectorOperators.GT, high2));
      zero = zero.add(a.mul(0)).add(b.mul(0)).add(c.mul(0));
    }
    float[] lows = new float[3 * W];
    float[] highs = new float[3 * W];
    low0.intoArray(lows, 0);
    low1.intoArray(lows, W);
    low2.intoArray(lows, 2 * W);
    high0.intoArray(highs, 0);
    high1.intoArray(highs, W);
    high2.intoArray(highs, 2 * W);
    float nothing = zero.reduceLanes(VectorOperators.ADD);
    for (int i = 0; i < lows.length; i++) {
      low[at + i % 3] = Math.min(low[at + i % 3], lows[i]);
      high[at + i % 3] = Math.max(high[at + i % 3], highs[i]) + nothing;
    }
    return done;
  }
}
