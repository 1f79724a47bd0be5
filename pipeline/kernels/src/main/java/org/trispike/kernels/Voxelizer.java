package org.trispike.kernels;

import java.util.Arrays;
import java.util.Locale;
import org.trispike.kernels.cpu.PointCells;

/**
 * Points to voxels: cell = trunc((xyz − min) / size) in single precision, as SVL's code does
 * (double would move points between cells).
 */
final class Voxelizer {
  private static final int LIMIT = 1 << 20;

  private Voxelizer() {}

  static Sites voxelize(PointBatch batch, VoxelSpec spec, DistinctKeys distinct) {
    float[] low = new float[3 * batch.samples()];
    float[] high = new float[3 * batch.samples()];
    for (int s = 0; s < batch.samples(); s++) {
      bounds(batch.xyz(), batch.offsets()[s], batch.offsets()[s + 1], low, high, 3 * s);
    }
    float[] minima = minima(low, spec);
    Sites.Grid grid = grid(batch, spec, minima, high);
    long[] cells = new long[largest(batch)];
    long[] keys = new long[batch.points()];
    int[] siteOf = new int[batch.points()];
    int[] sampleOffsets = new int[batch.samples() + 1];
    RadixSort sort = new RadixSort();
    int sites = 0;
    for (int s = 0; s < batch.samples(); s++) {
      int first = batch.offsets()[s];
      int n = batch.offsets()[s + 1] - first;
      PointCells.keys(batch.xyz(), first, n, packing(minima, s, spec, grid), cells);
      sites =
          spec.duplicates() == VoxelSpec.Duplicates.MEAN
              ? distinct.number(cells, n, grid.bits(), keys, sites, siteOf, first)
              : each(cells, n, grid.bits(), sort, keys, siteOf, first);
      sampleOffsets[s + 1] = sites;
    }
    int slots = Math.multiplyExact(batch.slabs(), sites);
    float[] means = PointCells.means(batch.xyz(), batch.rgb(), rows(batch, siteOf, sites), slots);
    return new Sites(sampleOffsets, Arrays.copyOf(keys, sites), grid, means);
  }

  private static PointCells.Packing packing(
      float[] minima, int sample, VoxelSpec spec, Sites.Grid grid) {
    float[] low = Arrays.copyOfRange(minima, 3 * sample, 3 * sample + 3);
    return new PointCells.Packing(low, spec.voxelSize(), grid.shiftX(), grid.shiftY(), grid.bits());
  }

  private static int largest(PointBatch batch) {
    int largest = 0;
    for (int s = 0; s < batch.samples(); s++) {
      largest = Math.max(largest, batch.offsets()[s + 1] - batch.offsets()[s]);
    }
    return largest;
  }

  /** A site for each point, in the order of their cells; there are as many sites as points. */
  private static int each(
      long[] cells, int n, int bits, RadixSort sort, long[] keys, int[] siteOf, int first) {
    sort.sort(cells, n, bits, first);
    System.arraycopy(sort.keys(), 0, keys, first, n);
    for (int i = 0; i < n; i++) {
      siteOf[sort.items()[i]] = first + i;
    }
    return first + n;
  }

  /** Where each point's features add up: its site or, with windows, its site in its window. */
  private static int[] rows(PointBatch batch, int[] siteOf, int sites) {
    if (batch.windows() == null) {
      return siteOf;
    }
    int[] rows = new int[siteOf.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = batch.windows().of()[i] * sites + siteOf[i];
    }
    return rows;
  }

  /** [samples · 3] where each sample's grid begins. */
  private static float[] minima(float[] low, VoxelSpec spec) {
    if (spec.origin() == VoxelSpec.Origin.PER_SAMPLE) {
      return low;
    }
    float[] lowest = {Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY};
    for (int i = 0; i < low.length; i++) {
      lowest[i % 3] = Math.min(lowest[i % 3], low[i]);
    }
    float[] minima = new float[low.length];
    for (int i = 0; i < low.length; i++) {
      minima[i] = lowest[i % 3];
    }
    return minima;
  }

  /** The extent of points [from, to) in one pass; the highest is NaN where one is not finite. */
  private static void bounds(float[] xyz, int from, int to, float[] low, float[] high, int at) {
    float lowX = Float.POSITIVE_INFINITY;
    float lowY = Float.POSITIVE_INFINITY;
    float lowZ = Float.POSITIVE_INFINITY;
    float highX = Float.NEGATIVE_INFINITY;
    float highY = Float.NEGATIVE_INFINITY;
    float highZ = Float.NEGATIVE_INFINITY;
    float zeroX = 0;
    float zeroY = 0;
    float zeroZ = 0;
    for (int i = 3 * from; i < 3 * to; i += 3) {
      float x = xyz[i];
      float y = xyz[i + 1];
      float z = xyz[i + 2];
      lowX = x < lowX ? x : lowX;
      lowY = y < lowY ? y : lowY;
      lowZ = z < lowZ ? z : lowZ;
      highX = x > highX ? x : highX;
      highY = y > highY ? y : highY;
      highZ = z > highZ ? z : highZ;
      zeroX += x * 0;
      zeroY += y * 0;
      zeroZ += z * 0;
    }
    low[at] = lowX;
    low[at + 1] = lowY;
    low[at + 2] = lowZ;
    high[at] = highX + zeroX;
    high[at + 1] = highY + zeroY;
    high[at + 2] = highZ + zeroZ;
  }

  /** The grid that holds all samples; refuses points that are not finite or outside 2^20 voxels. */
  private static Sites.Grid grid(PointBatch batch, VoxelSpec spec, float[] minima, float[] high) {
    int[] extent = {1, 1, 1};
    for (int i = 0; i < high.length; i++) {
      float cell = (high[i] - minima[i]) / spec.voxelSize();
      if (!(cell < LIMIT)) {
        throw refusal(batch, i / 3, i % 3, minima[i], spec.voxelSize());
      }
      extent[i % 3] = Math.max(extent[i % 3], (int) cell + 1);
    }
    return Sites.Grid.of(extent[0], extent[1], extent[2]);
  }

  private static IllegalArgumentException refusal(
      PointBatch batch, int sample, int axis, float min, float voxel) {
    int first = batch.offsets()[sample];
    int point = first;
    boolean finite = true;
    for (int p = first; p < batch.offsets()[sample + 1]; p++) {
      float value = batch.xyz()[3 * p + axis];
      if (!(Math.abs(value) <= Float.MAX_VALUE)) {
        point = p;
        finite = false;
        break;
      }
      if ((value - min) / voxel >= LIMIT) {
        point = p;
      }
    }
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "Point %d of sample %d lies at %s on axis %s, %s",
            point - first,
            sample,
            batch.xyz()[3 * point + axis],
            "xyz".charAt(axis),
            finite
                ? "more than 2^20 voxels of " + voxel + " from the lowest point at " + min
                : "which is not finite"));
  }
}
