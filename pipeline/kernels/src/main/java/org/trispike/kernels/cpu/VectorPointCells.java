package org.trispike.kernels.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link PointCells} with the Vector API. */
final class VectorPointCells {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = S.withLanes(int.class);
  private static final int W = S.length();
  private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;
  private static final float MANTISSA = 1 << 23;

  /** Sums of a row: x, y, z, points, r, g, b, and what nobody asks for. */
  private static final int SUMS = 8;

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
        whole(cell)
            .lanewise(VectorOperators.LSHL, IntVector.fromArray(INTS, shifts, k))
            .intoArray(parts, k);
      }
      for (int i = 0, k = 0; i < W; i++, k += 3) {
        keys[done + i] = parts[k] + parts[k + 1] + parts[k + 2] + margin;
      }
    }
    return done;
  }

  /** Rounds down numbers of 0 to 2^22; JDK 17 has no fast conversion of floats to integers. */
  private static IntVector whole(FloatVector v) {
    FloatVector near = v.add(MANTISSA).sub(MANTISSA);
    FloatVector down = near.blend(near.sub(1), near.compare(VectorOperators.GT, v));
    return down.add(MANTISSA).reinterpretAsInts().and((1 << 23) - 1);
  }

  static float[] means(float[] xyz, float[] rgb, int[] rowOf, int rows) {
    float[] sums = new float[Math.multiplyExact(rows, SUMS)];
    int last = rowOf.length - 1;
    for (int i = 0; i < last; i++) {
      int at = rowOf[i] * SUMS;
      // Four of three: the fourth is the next point's, and replaced or left alone.
      FloatVector place = FloatVector.fromArray(FOUR, xyz, 3 * i).withLane(3, 1);
      FloatVector.fromArray(FOUR, sums, at).add(place).intoArray(sums, at);
      FloatVector color = FloatVector.fromArray(FOUR, rgb, 3 * i);
      FloatVector.fromArray(FOUR, sums, at + 4).add(color).intoArray(sums, at + 4);
    }
    if (last >= 0) {
      int at = rowOf[last] * SUMS;
      for (int d = 0; d < 3; d++) {
        sums[at + d] += xyz[3 * last + d];
        sums[at + 4 + d] += rgb[3 * last + d];
      }
      sums[at + 3]++;
    }
    float[] features = new float[rows * PointCells.FEATURES];
    for (int row = 0, at = 0, to = 0; row < rows; row++, at += SUMS, to += 6) {
      float scale = 1 / Math.max(1, sums[at + 3]);
      features[to] = sums[at] * scale;
      features[to + 1] = sums[at + 1] * scale;
      features[to + 2] = sums[at + 2] * scale;
      features[to + 3] = sums[at + 4] * scale;
      features[to + 4] = sums[at + 5] * scale;
      features[to + 5] = sums[at + 6] * scale;
    }
    return features;
  }
}
