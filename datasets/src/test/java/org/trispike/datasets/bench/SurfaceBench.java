package org.trispike.datasets.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.trispike.datasets.geometry.Mesh;
import org.trispike.datasets.geometry.MeshPart;
import org.trispike.datasets.geometry.PointCloud;
import org.trispike.datasets.geometry.SurfaceSampler;

/** Points of a mesh with vertex colours, against a binary search of a cumulative sum for each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SurfaceBench {
  static final int POINTS = 100_000;

  /** Triangles of the mesh. */
  @Param({"2000", "20000"})
  public int faces;

  private Mesh mesh;
  private MeshPart part;
  private double[] cumulative;
  private Random random;

  @Setup
  public void make() {
    mesh = new Mesh(List.of(BenchShapes.bumpySphere(faces)));
    part = mesh.parts().get(0);
    cumulative = new double[part.faces()];
    double sum = 0;
    for (int f = 0; f < cumulative.length; f++) {
      sum += SurfaceSampler.area(BenchShapes.face(part, f));
      cumulative[f] = sum;
    }
    random = new Random(1);
  }

  @Benchmark
  public PointCloud sampler() {
    return SurfaceSampler.sample(mesh, POINTS, 1);
  }

  /** The areas are summed beforehand, which the sampler does in its time. */
  @Benchmark
  public PointCloud baseline() {
    float[] xyz = new float[3 * POINTS];
    float[] rgb = new float[3 * POINTS];
    float[] colors = part.look().vertexColors();
    for (int i = 0; i < POINTS; i++) {
      double target = random.nextDouble() * cumulative[cumulative.length - 1];
      int found = Arrays.binarySearch(cumulative, target);
      int face = Math.min(found < 0 ? -found - 1 : found, cumulative.length - 1);
      float s = random.nextFloat();
      float t = random.nextFloat();
      if (s + t > 1) {
        s = 1 - s;
        t = 1 - t;
      }
      int a = 3 * part.triangles()[3 * face];
      int b = 3 * part.triangles()[3 * face + 1];
      int c = 3 * part.triangles()[3 * face + 2];
      for (int d = 0; d < 3; d++) {
        float r = 1 - s - t;
        xyz[3 * i + d] = r * part.xyz()[a + d] + s * part.xyz()[b + d] + t * part.xyz()[c + d];
        rgb[3 * i + d] = r * colors[a + d] + s * colors[b + d] + t * colors[c + d];
      }
    }
    return new PointCloud(xyz, rgb);
  }
}
