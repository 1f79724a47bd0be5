package org.trispike.kernels;

import java.util.Arrays;
import java.util.Locale;

/**
 * Points to voxels: cell = trunc((xyz − min) / size) in single precision, as SVL's code does
 * (double would move points between cells).
 */
final class Voxelizer {
  private static final int LIMIT = 1 << 20;
  private static final int FEATURES = VoxelPyramid.FEATURES;

  private Voxelizer() {}

  static Sites voxelize(PointBatch batch, VoxelSpec spec) {
    float[] low = new float[3 * batch.samples()];
    float[] high = new float[3 * batch.samples()];
    for (int s = 0; s < batch.samples(); s++) {
      bounds(batch.xyz(), batch.offsets()[s], batch.offsets()[s + 1], low, high, 3 * s);
    }
    float[] minima = minima(low, spec);
    Sites.Grid grid = grid(batch, spec, minima, high);
    boolean merge = spec.duplicates() == VoxelSpec.Duplicates.MEAN;
    return merge && grid.bits() <= Occupancy.BITS
        ? held(batch, spec, minima, grid)
        : sorted(batch, spec, minima, grid, merge);
  }

  /** A site for each occupied cell, by the bits of a grid that is small enough. */
  private static Sites held(PointBatch batch, VoxelSpec spec, float[] minima, Sites.Grid grid) {
    int[] sampleOffsets = new int[batch.samples() + 1];
    long[] keys = new long[batch.points()];
    float[] features = new float[batch.points() * FEATURES];
    int[] points = new int[batch.points()];
    Occupancy cells = new Occupancy();
    RadixSort cellOf = new RadixSort();
    int site = 0;
    for (int s = 0; s < batch.samples(); s++) {
      int first = batch.offsets()[s];
      int n = batch.offsets()[s + 1] - first;
      cellOf.reserve(n);
      keys(batch.xyz(), first, n, minima, 3 * s, spec.voxelSize(), grid, cellOf);
      cells.open(grid.bits());
      for (int i = 0; i < n; i++) {
        cells.add(cellOf.keys()[i]);
      }
      int found = cells.rank();
      cells.keys(keys, site);
      for (int i = 0; i < n; i++) {
        int at = site + cells.rankOf(cellOf.keys()[i]);
        add(batch, first + i, features, at * FEATURES);
        points[at]++;
      }
      site += found;
      sampleOffsets[s + 1] = site;
    }
    for (int i = 0; i < site; i++) {
      float scale = 1f / points[i];
      for (int f = i * FEATURES; f < (i + 1) * FEATURES; f++) {
        features[f] *= scale;
      }
    }
    return new Sites(
        sampleOffsets,
        Arrays.copyOf(keys, site),
        grid,
        Arrays.copyOf(features, site * FEATURES));
  }

  private static void add(PointBatch batch, int point, float[] features, int at) {
    for (int d = 0; d < 3; d++) {
      features[at + d] += batch.xyz()[3 * point + d];
      features[at + 3 + d] += batch.rgb()[3 * point + d];
    }
  }

  private static Sites sorted(
      PointBatch batch, VoxelSpec spec, float[] minima, Sites.Grid grid, boolean merge) {
    int[] sampleOffsets = new int[batch.samples() + 1];
    long[] keys = new long[batch.points()];
    int[] points = new int[batch.points()];
    int[] start = new int[batch.points() + 1];
    RadixSort sort = new RadixSort();
    int site = 0;
    for (int s = 0; s < batch.samples(); s++) {
      int first = batch.offsets()[s];
      int n = batch.offsets()[s + 1] - first;
      sort.reserve(n);
      keys(batch.xyz(), first, n, minima, 3 * s, spec.voxelSize(), grid, sort);
      sort.sort(n, grid.bits());
      System.arraycopy(sort.items(), 0, points, first, n);
      site =
          merge
              ? distinct(sort.keys(), first, n, keys, start, site)
              : each(sort.keys(), first, n, keys, start, site);
      sampleOffsets[s + 1] = site;
    }
    start[site] = batch.points();
    return new Sites(
        sampleOffsets, Arrays.copyOf(keys, site), grid, means(batch, points, start, site));
  }

  /** A site for each different key; returns the number of sites so far. */
  private static int distinct(
      long[] sorted, int first, int n, long[] keys, int[] start, int sites) {
    int site = sites;
    long previous = -1;
    for (int i = 0; i < n; i++) {
      // Written in any case and counted if new: no branch to mispredict.
      keys[site] = sorted[i];
      start[site] = sorted[i] == previous ? start[site] : first + i;
      previous = sorted[i];
      site += i + 1 == n || sorted[i + 1] != previous ? 1 : 0;
    }
    return site;
  }

  /** A site for each point. */
  private static int each(long[] sorted, int first, int n, long[] keys, int[] start, int sites) {
    for (int i = 0; i < n; i++) {
      keys[sites + i] = sorted[i];
      start[sites + i] = first + i;
    }
    return sites + n;
  }

  /** [sites · 6] mean coordinates and colours of points[start[i]..start[i+1]). */
  private static float[] means(PointBatch batch, int[] points, int[] start, int sites) {
    float[] features = new float[sites * FEATURES];
    for (int i = 0; i < sites; i++) {
      mean(batch, points, start[i], start[i + 1], features, i * FEATURES);
    }
    return features;
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

  private static void keys(
      float[] xyz,
      int first,
      int n,
      float[] minima,
      int at,
      float voxel,
      Sites.Grid grid,
      RadixSort sort) {
    float x = minima[at];
    float y = minima[at + 1];
    float z = minima[at + 2];
    long[] keys = sort.keys();
    int[] items = sort.items();
    for (int i = 0, c = 3 * first; i < n; i++, c += 3) {
      keys[i] =
          grid.key(
              (int) ((xyz[c] - x) / voxel),
              (int) ((xyz[c + 1] - y) / voxel),
              (int) ((xyz[c + 2] - z) / voxel));
      items[i] = first + i;
    }
  }

  private static void mean(
      PointBatch batch, int[] points, int from, int to, float[] features, int at) {
    float[] xyz = batch.xyz();
    float[] rgb = batch.rgb();
    float x = 0;
    float y = 0;
    float z = 0;
    float r = 0;
    float g = 0;
    float b = 0;
    for (int i = from; i < to; i++) {
      int p = 3 * points[i];
      x += xyz[p];
      y += xyz[p + 1];
      z += xyz[p + 2];
      r += rgb[p];
      g += rgb[p + 1];
      b += rgb[p + 2];
    }
    float scale = 1f / (to - from);
    features[at] = x * scale;
    features[at + 1] = y * scale;
    features[at + 2] = z * scale;
    features[at + 3] = r * scale;
    features[at + 4] = g * scale;
    features[at + 5] = b * scale;
  }
}
