package org.trispike.kernels;

import java.util.Arrays;
import java.util.Locale;
import org.trispike.kernels.cpu.PointCells;
import org.trispike.kernels.cpu.PointMeans;

/**
 * Points to voxels: cell = trunc((xyz − min) / size) in single precision, as SVL's code does
 * (double would move points between cells). Keeps its memory for the next batch; not for concurrent
 * use.
 */
final class Voxelizer {
  private static final int LIMIT = 1 << 20;

  private final DistinctKeys distinct;
  private final RadixSort sort = new RadixSort();
  private final PointMeans means = new PointMeans();
  private long[] cells = new long[0];
  private long[] keys = new long[0];
  private int[] siteOf = new int[0];

  Voxelizer(DistinctKeys distinct) {
    this.distinct = distinct;
  }

  Sites voxelize(PointBatch batch, VoxelSpec spec) {
    float[] low = new float[3 * batch.samples()];
    float[] high = new float[3 * batch.samples()];
    for (int s = 0; s < batch.samples(); s++) {
      PointCells.bounds(batch.xyz(), batch.offsets()[s], batch.offsets()[s + 1], low, high, 3 * s);
    }
    float[] minima = minima(low, spec);
    Sites.Grid grid = grid(batch, spec, minima, high);
    reserve(batch.points());
    int[] sampleOffsets = new int[batch.samples() + 1];
    int sites = 0;
    for (int s = 0; s < batch.samples(); s++) {
      int first = batch.offsets()[s];
      int n = batch.offsets()[s + 1] - first;
      PointCells.keys(batch.xyz(), first, n, packing(minima, s, spec, grid), cells);
      sites =
          spec.duplicates() == VoxelSpec.Duplicates.MEAN
              ? distinct.number(cells, n, grid.bits(), keys, sites, siteOf, first)
              : each(n, grid.bits(), first);
      sampleOffsets[s + 1] = sites;
    }
    int rows = Math.multiplyExact(batch.slabs(), sites);
    float[] features =
        means.of(batch.xyz(), batch.rgb(), batch.points(), rowOf(batch, sites), rows);
    return new Sites(sampleOffsets, Arrays.copyOf(keys, sites), grid, features);
  }

  private void reserve(int points) {
    if (siteOf.length < points) {
      cells = new long[points];
      keys = new long[points];
      siteOf = new int[points];
    }
  }

  private static PointCells.Packing packing(
      float[] minima, int sample, VoxelSpec spec, Sites.Grid grid) {
    float[] low = Arrays.copyOfRange(minima, 3 * sample, 3 * sample + 3);
    return new PointCells.Packing(low, spec.voxelSize(), grid.shiftX(), grid.shiftY(), grid.bits());
  }

  /** A site for each point, in the order of their cells; there are as many sites as points. */
  private int each(int n, int bits, int first) {
    sort.sort(cells, n, bits, first);
    System.arraycopy(sort.keys(), 0, keys, first, n);
    for (int i = 0; i < n; i++) {
      siteOf[sort.items()[i]] = first + i;
    }
    return first + n;
  }

  /** Where each point's features add up: its site or, with windows, its site in its window. */
  private int[] rowOf(PointBatch batch, int sites) {
    if (batch.windows() != null) {
      for (int i = 0; i < batch.points(); i++) {
        siteOf[i] += batch.windows().of()[i] * sites;
      }
    }
    return siteOf;
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
