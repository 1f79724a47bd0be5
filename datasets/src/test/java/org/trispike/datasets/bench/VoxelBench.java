package org.trispike.datasets.bench;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.trispike.datasets.geometry.PointCloud;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.VoxelPyramid;
import org.trispike.kernels.VoxelSpec;

/**
 * Voxels of 0.02, sorted and with the mean coordinates and colours of their points, against a hash
 * table that finds the distinct voxels and no more.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class VoxelBench {
  static final int POINTS = 160_000;
  private static final float SIZE = 0.02f;

  /** Clouds that share the points. */
  @Param({"1", "16"})
  public int clouds;

  private PointBatch batch;

  @Setup
  public void make() {
    PointCloud cloud = BenchShapes.cloud(POINTS / clouds, 1);
    float[] xyz = new float[3 * POINTS];
    float[] rgb = new float[3 * POINTS];
    int[] offsets = new int[clouds + 1];
    for (int s = 0; s < clouds; s++) {
      System.arraycopy(cloud.xyz(), 0, xyz, s * cloud.xyz().length, cloud.xyz().length);
      System.arraycopy(cloud.rgb(), 0, rgb, s * cloud.xyz().length, cloud.xyz().length);
      offsets[s + 1] = (s + 1) * cloud.points();
    }
    batch = new PointBatch(offsets, xyz, rgb);
  }

  @Benchmark
  public float[] voxels() {
    return VoxelPyramid.voxelize(batch, VoxelSpec.standard());
  }

  /** Open addressing on packed keys, the table cleared for each cloud. */
  @Benchmark
  public int baseline() {
    int points = POINTS / clouds;
    int mask = Integer.highestOneBit(points) * 4 - 1;
    long[] table = new long[mask + 1];
    int distinct = 0;
    for (int s = 0; s < clouds; s++) {
      Arrays.fill(table, -1);
      for (int i = 3 * batch.offsets()[s]; i < 3 * batch.offsets()[s + 1]; i += 3) {
        long x = (long) Math.floor((batch.xyz()[i] + 1) / SIZE);
        long y = (long) Math.floor((batch.xyz()[i + 1] + 1) / SIZE);
        long z = (long) Math.floor((batch.xyz()[i + 2] + 1) / SIZE);
        long key = x << 42 | y << 21 | z;
        int slot = (int) (key * 0x9E3779B97F4A7C15L >>> 32) & mask;
        while (table[slot] != -1 && table[slot] != key) {
          slot = slot + 1 & mask;
        }
        distinct += table[slot] == key ? 0 : 1;
        table[slot] = key;
      }
    }
    return distinct;
  }
}
