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
import org.trispike.kernels.FarthestPointSampling;

/** Farthest points of a surface, against the loop over all points for each pick. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FarthestPointBench {
  /** Picks and points. */
  @Param({"1024/4096", "4096/50000", "10000/100000"})
  public String size;

  private float[] xyz;
  private int points;
  private int picks;

  @Setup
  public void make() {
    picks = Integer.parseInt(size.substring(0, size.indexOf('/')));
    points = Integer.parseInt(size.substring(size.indexOf('/') + 1));
    xyz = BenchShapes.cloud(points, 1).xyz();
  }

  @Benchmark
  public int[] sampling() {
    return FarthestPointSampling.sample(xyz, 0, points, picks, 0);
  }

  @Benchmark
  public int[] baseline() {
    float[] distance = new float[points];
    Arrays.fill(distance, Float.POSITIVE_INFINITY);
    int[] picked = new int[picks];
    for (int k = 1; k < picks; k++) {
      int p = 3 * picked[k - 1];
      float most = -1;
      for (int i = 0; i < points; i++) {
        float dx = xyz[3 * i] - xyz[p];
        float dy = xyz[3 * i + 1] - xyz[p + 1];
        float dz = xyz[3 * i + 2] - xyz[p + 2];
        float d = dx * dx + dy * dy + dz * dz;
        if (d < distance[i]) {
          distance[i] = d;
        }
        if (distance[i] > most) {
          most = distance[i];
          picked[k] = i;
        }
      }
    }
    return picked;
  }
}
