package org.trispike.kernels;

import java.util.Arrays;
import java.util.Locale;

/**
 * Points to voxels: cell = trunc((xyz − min) / size) in single precision, as SVL's code does
 * (double would move points between cells).
 */
final class Voxelizer {
  private static final int LIMIT = 1 << 20;

  private Voxelizer() {}

  static Sites voxelize(PointBatch batch, VoxelSpec spec) {
    int[] cells = new int[batch.points() * 3];
    int[] extent = cells(batch, spec, cells);
    Sites.Grid grid = Sites.Grid.of(extent[0], extent[1], extent[2]);
    boolean merge = spec.duplicates() == VoxelSpec.Duplicates.MEAN;

    int[] sampleOffsets = new int[batch.samples() + 1];
    long[] keys = new long[batch.points()];
    float[] features = new float[batch.points() * VoxelPyramid.FEATURES];
    RadixSort sort = new RadixSort();
    int site = 0;
    for (int s = 0; s < batch.samples(); s++) {
      int first = batch.offsets()[s];
      int n = batch.offsets()[s + 1] - first;
      sort.reserve(n);
      for (int i = 0; i < n; i++) {
        int c = 3 * (first + i);
        sort.keys()[i] = grid.key(0, cells[c], cells[c + 1], cells[c + 2]);
        sort.items()[i] = first + i;
      }
      sort.sort(n, grid.perSample());
      for (int i = 0; i < n; ) {
        int end = i + 1;
        while (merge && end < n && sort.keys()[end] == sort.keys()[i]) {
          end++;
        }
        keys[site] = sort.keys()[i] + s * grid.perSample();
        mean(batch, sort.items(), i, end, features, site * VoxelPyramid.FEATURES);
        site++;
        i = end;
      }
      sampleOffsets[s + 1] = site;
    }
    return new Sites(
        sampleOffsets,
        Arrays.copyOf(keys, site),
        grid,
        Arrays.copyOf(features, site * VoxelPyramid.FEATURES));
  }

  private static void mean(
      PointBatch batch, int[] points, int from, int to, float[] features, int at) {
    float[] xyz = batch.xyz();
    float[] rgb = batch.rgb();
    for (int i = from; i < to; i++) {
      int p = 3 * points[i];
      for (int d = 0; d < 3; d++) {
        features[at + d] += xyz[p + d];
        features[at + 3 + d] += rgb[p + d];
      }
    }
    if (to - from > 1) {
      float scale = 1f / (to - from);
      for (int d = 0; d < VoxelPyramid.FEATURES; d++) {
        features[at + d] *= scale;
      }
    }
  }

  /** Fills {@code cells} [points · 3] and returns the extent of the grid over the batch. */
  private static int[] cells(PointBatch batch, VoxelSpec spec, int[] cells) {
    int[] extent = {1, 1, 1};
    float[] xyz = batch.xyz();
    float[] batchMin = minimum(xyz, 0, xyz.length);
    for (int s = 0; s < batch.samples(); s++) {
      int from = 3 * batch.offsets()[s];
      int to = 3 * batch.offsets()[s + 1];
      float[] min = spec.origin() == VoxelSpec.Origin.PER_BATCH ? batchMin : minimum(xyz, from, to);
      for (int i = from; i < to; i++) {
        int axis = (i - from) % 3;
        float cell = (xyz[i] - min[axis]) / spec.voxelSize();
        if (!(cell >= 0 && cell < LIMIT)) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "Point %s of sample %s lies at %s on axis %s, outside the grid of 2^20 voxels",
                  (i - from) / 3,
                  s,
                  xyz[i],
                  axis));
        }
        cells[i] = (int) cell;
        extent[axis] = Math.max(extent[axis], cells[i] + 1);
      }
    }
    return extent;
  }

  private static float[] minimum(float[] xyz, int from, int to) {
    float[] min = {Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY};
    for (int i = from; i < to; i += 3) {
      min[0] = Math.min(min[0], xyz[i]);
      min[1] = Math.min(min[1], xyz[i + 1]);
      min[2] = Math.min(min[2], xyz[i + 2]);
    }
    return min;
  }
}
