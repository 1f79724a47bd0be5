package org.trispike.datasets.geometry;

import org.trispike.kernels.KeyedRandom;

/**
 * Draws points from the surface of a mesh, each spot as likely as any other. The total area is cut
 * into as many equal strata as points are wanted, a point is drawn in each, and one walk over the
 * triangles, with the running sum of their areas, finds the triangle of each: no search, every
 * triangle is fetched once, and the counts vary less than those of independent draws.
 *
 * <p>Point i lies at area (i + u) · total / n; within its triangle it is a + s (b − a) + t (c − a)
 * with (s, t) uniform, folded at s + t &gt; 1. Triangles without area get no point. Time O(faces +
 * points). The points come in the order of the triangles: whoever wants only some of them draws
 * them at random, and does not take the first.
 */
public final class SurfaceSampler {
  private final Mesh mesh;
  private final int points;
  private final KeyedRandom random;
  private final float[] xyz;
  private final float[] rgb;
  private int drawn;

  private SurfaceSampler(Mesh mesh, int points, long seed) {
    this.mesh = mesh;
    this.points = points;
    this.random = KeyedRandom.of(seed);
    this.xyz = new float[points * 3];
    this.rgb = new float[points * 3];
  }

  /**
   * A cloud of {@code points} points with the colours of the surface.
   *
   * @throws IllegalArgumentException if the mesh has no area, or {@code points} is not positive
   */
  public static PointCloud sample(Mesh mesh, int points, long seed) {
    if (points < 1) {
      throw new IllegalArgumentException("Points " + points + " are not positive");
    }
    return new SurfaceSampler(mesh, points, seed).run();
  }

  /** The area of all triangles. */
  public static double area(Mesh mesh) {
    double total = 0;
    for (MeshPart part : mesh.parts()) {
      for (int f = 0; f < part.triangles().length; f += 3) {
        total += area(part.xyz(), part.triangles(), f);
      }
    }
    return total;
  }

  private PointCloud run() {
    double[] areas = new double[mesh.faces()];
    double total = 0;
    int face = 0;
    for (MeshPart part : mesh.parts()) {
      float[] vertices = part.xyz();
      int[] triangles = part.triangles();
      for (int f = 0; f < triangles.length; f += 3) {
        double area = area(vertices, triangles, f);
        areas[face++] = area;
        total += area;
      }
    }
    if (!(total > 0 && total < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("The mesh has an area of " + total);
    }
    walk(areas, total);
    return new PointCloud(xyz, rgb);
  }

  private void walk(double[] areas, double total) {
    double stratum = total / points;
    double sum = 0;
    long bits = random.nextLong();
    double next = offset(bits) * stratum;
    int face = 0;
    int lastFace = -1;
    MeshPart lastPart = null;
    for (MeshPart part : mesh.parts()) {
      for (int f = 0; f < part.triangles().length; f += 3) {
        double area = areas[face++];
        if (!(area > 0)) {
          continue;
        }
        lastFace = f;
        lastPart = part;
        sum += area;
        while (next < sum && drawn < points) {
          draw(part, f, bits);
          bits = random.nextLong();
          next = (drawn + offset(bits)) * stratum;
        }
      }
    }
    while (drawn < points) { // rounding left the last stratum's end beyond the sum
      draw(lastPart, lastFace, bits);
      bits = random.nextLong();
    }
  }

  /** The lowest 16 bits: where in its stratum a point lies. */
  private static double offset(long bits) {
    return (bits & 0xFFFF) * 0x1p-16;
  }

  private void draw(MeshPart part, int f, long bits) {
    float s = (bits >>> 40) * 0x1p-24f;
    float t = (bits >>> 16 & 0xFFFFFF) * 0x1p-24f;
    if (s + t > 1) {
      s = 1 - s;
      t = 1 - t;
    }
    int[] triangles = part.triangles();
    float[] vertices = part.xyz();
    int a = triangles[f];
    int b = triangles[f + 1];
    int c = triangles[f + 2];
    int at = drawn++ * 3;
    for (int k = 0; k < 3; k++) {
      float origin = vertices[a * 3 + k];
      xyz[at + k] =
          origin + s * (vertices[b * 3 + k] - origin) + t * (vertices[c * 3 + k] - origin);
    }
    part.look().paint(a, b, c, s, t, rgb, at);
  }

  private static double area(float[] vertices, int[] triangles, int f) {
    int a = triangles[f] * 3;
    int b = triangles[f + 1] * 3;
    int c = triangles[f + 2] * 3;
    double ux = (double) vertices[b] - vertices[a];
    double uy = (double) vertices[b + 1] - vertices[a + 1];
    double uz = (double) vertices[b + 2] - vertices[a + 2];
    double vx = (double) vertices[c] - vertices[a];
    double vy = (double) vertices[c + 1] - vertices[a + 1];
    double vz = (double) vertices[c + 2] - vertices[a + 2];
    double nx = uy * vz - uz * vy;
    double ny = uz * vx - ux * vz;
    double nz = ux * vy - uy * vx;
    return 0.5 * Math.sqrt(nx * nx + ny * ny + nz * nz);
  }
}
