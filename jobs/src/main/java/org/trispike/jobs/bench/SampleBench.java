package org.trispike.jobs.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.trispike.datasets.geometry.Look;
import org.trispike.datasets.geometry.Mesh;
import org.trispike.datasets.geometry.MeshPart;
import org.trispike.datasets.geometry.SurfaceSampler;
import org.trispike.kernels.FarthestPointSampling;
import org.trispike.kernels.NearestNeighbours;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.VoxelPyramid;
import org.trispike.kernels.VoxelSpec;

/**
 * What comes before the network, on one core: points of surfaces, voxels, rulebooks, and the
 * centres and neighbours of patches, each beside the plain way or a copy of what it writes.
 */
final class SampleBench {
  private static final int POINTS = 100_000;
  private static final int[] FACES = {2_000, 20_000};

  /** Patches of SVL's PointFormer, and their members. */
  private static final int CENTRES = 512;

  private static final int NEIGHBOURS = 32;

  private final PrintStream out;
  private final double seconds;
  private final Machine machine;

  private SampleBench(PrintStream out, double seconds, Machine machine) {
    this.out = out;
    this.seconds = seconds;
    this.machine = machine;
  }

  /**
   * @param seconds for each figure
   */
  static void run(PrintStream out, double seconds, Machine machine) {
    SampleBench bench = new SampleBench(out, seconds, machine);
    bench.print("%s", machine.text());
    bench.print(
        "Best / median of many runs in turns; spread: how far nine runs of ten stay from the best");
    for (int faces : FACES) {
      bench.surface(faces);
    }
    PointBatch one = BenchClouds.singles(BenchClouds.surfaces(1)).get(0);
    bench.voxels(one);
    bench.voxels(BenchClouds.surfaces(1));
    bench.patches(one.xyz());
  }

  private void surface(int faces) {
    MeshPart part = ball(faces);
    Mesh mesh = new Mesh(List.of(part));
    double[] cumulative = cumulative(part);
    List<Timing> times =
        Timing.paired(
            seconds,
            List.of(
                () -> SurfaceSampler.sample(mesh, POINTS, 1),
                () -> Naive.surface(part, cumulative, POINTS)));
    print("");
    print("a coloured surface of %,d triangles to %,d points", part.faces(), POINTS);
    against("points by strata", POINTS, times, "searching for each");
  }

  private void voxels(PointBatch clouds) {
    VoxelSpec spec = VoxelSpec.standard();
    List<Timing> times =
        Timing.paired(
            seconds,
            List.of(
                () -> VoxelPyramid.voxelize(clouds, spec),
                () -> Naive.voxels(clouds, spec.voxelSize()),
                () -> VoxelPyramid.build(clouds, spec, BenchClouds.LEVELS)));
    long pairs = BenchClouds.pairs(VoxelPyramid.build(clouds, spec, BenchClouds.LEVELS));
    Timing voxels = times.get(0);
    Timing all = times.get(2);
    print("");
    print(
        "clouds of %,d points: %d, with %,d pairs in the rulebooks of %d levels",
        clouds.points() / clouds.samples(), clouds.samples(), pairs, BenchClouds.LEVELS);
    against("voxels of 0.02", clouds.points(), times, "a hash table");
    double best = pairs / (all.best() - voxels.best());
    print(
        "  %-22s %7.1f / %7.1f Mpairs/s  %5.1f %% of a copy's rate                spread %3.0f %%",
        "rulebooks",
        best * 1e-6,
        pairs / (all.median() - voxels.median()) * 1e-6,
        100 * 2 * Integer.BYTES * best / machine.copyBytes(),
        all.spread());
  }

  private void patches(float[] xyz) {
    int points = xyz.length / 3;
    int[] picks = FarthestPointSampling.sample(xyz, 0, points, CENTRES, 0);
    print("");
    print("%d centres of %,d points, patches of %d; pairs of them", CENTRES, points, NEIGHBOURS);
    double pairs = (double) CENTRES * points;
    against(
        "farthest points",
        pairs,
        Timing.paired(
            seconds,
            List.of(
                () -> FarthestPointSampling.sample(xyz, 0, points, CENTRES, 0),
                () -> Naive.farthest(xyz, CENTRES))),
        "a pass for each");
    against(
        "nearest neighbours",
        pairs,
        Timing.paired(
            seconds,
            List.of(
                () -> NearestNeighbours.search(xyz, 0, points, picks, NEIGHBOURS),
                () -> Naive.nearest(xyz, picks, NEIGHBOURS))),
        "sorting for each");
  }

  /**
   * @param times of ours and of the baseline
   */
  private void against(String name, double count, List<Timing> times, String baseline) {
    Timing time = times.get(0);
    print(
        "  %-22s %7.1f / %7.1f Mpts/s    %5.2f times %-20s      spread %3.0f %%",
        name,
        count / time.best() * 1e-6,
        count / time.median() * 1e-6,
        time.timesAsFastAs(times.get(1)),
        baseline,
        time.spread());
  }

  /** A ball of latitudes and longitudes with colours, of about so many triangles. */
  private static MeshPart ball(int faces) {
    int rings = (int) Math.sqrt(faces / 4.0);
    int columns = 2 * rings;
    float[] xyz = new float[3 * (rings + 1) * columns];
    float[] rgb = new float[xyz.length];
    int[] triangles = new int[6 * rings * columns];
    for (int r = 0; r <= rings; r++) {
      for (int c = 0; c < columns; c++) {
        int corner = r * columns + c;
        double latitude = Math.PI * r / rings;
        double longitude = 2 * Math.PI * c / columns;
        xyz[3 * corner] = (float) (Math.sin(latitude) * Math.cos(longitude));
        xyz[3 * corner + 1] = (float) (Math.sin(latitude) * Math.sin(longitude));
        xyz[3 * corner + 2] = (float) Math.cos(latitude);
        for (int d = 0; d < 3; d++) {
          rgb[3 * corner + d] = 0.5f + 0.5f * xyz[3 * corner + d];
        }
        if (r < rings) {
          int beside = r * columns + (c + 1) % columns;
          int below = corner + columns;
          int[] two = {corner, below, beside, beside, below, beside + columns};
          System.arraycopy(two, 0, triangles, 6 * corner, two.length);
        }
      }
    }
    return new MeshPart(xyz, triangles, Look.vertices(rgb));
  }

  private static double[] cumulative(MeshPart part) {
    double[] cumulative = new double[part.faces()];
    double sum = 0;
    for (int f = 0; f < cumulative.length; f++) {
      int[] triangle = {
        part.triangles()[3 * f], part.triangles()[3 * f + 1], part.triangles()[3 * f + 2]
      };
      sum +=
          SurfaceSampler.area(new Mesh(List.of(new MeshPart(part.xyz(), triangle, part.look()))));
      cumulative[f] = sum;
    }
    return cumulative;
  }

  private void print(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
  }
}
