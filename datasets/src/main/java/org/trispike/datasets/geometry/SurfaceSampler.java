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
  /** A weight of one, of which the bits of a float tell all fractions. */
  private static final int ONE = 1 << 24;

  private final Mesh mesh;
  private final int points;
  private final KeyedRandom random;
  private final float[] xyz;
  private final float[] rgb;
  private int drawn;

  /** The area of a stratum. */
  private double stratum;

  /** The random bits of the next point. */
  private long bits;

  /** Where the next point lies in the running sum of the areas. */
  private double next;

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
    stratum = total / points;
    advance();
    double sum = 0;
    int face = 0;
    int lastFace = -1;
    MeshPart lastPart = null;
    for (MeshPart part : mesh.parts()) {
      int indices = part.triangles().length;
      for (int f = 0; f < indices; f += 3) {
        double area = areas[face++];
        if (!(area > 0)) {
          continue;
        }
        lastFace = f;
        lastPart = part;
        sum += area;
        if (next < sum) {
          draw(part, f, sum);
        }
      }
    }
    // Rounding may leave the last stratum's end beyond the sum.
    draw(lastPart, lastFace, Double.POSITIVE_INFINITY);
  }

  /** The next point lies in the next stratum, at the lowest 16 of its bits. */
  private void advance() {
    bits = random.nextLong();
    next = (drawn + (bits & 0xFFFF) * 0x1p-16) * stratum;
  }

  /** Draws the points of a triangle: those below {@code sum}, its end in the sum of the areas. */
  private void draw(MeshPart part, int f, double sum) {
    float[] vertices = part.xyz();
    int a = part.triangles()[f];
    int b = part.triangles()[f + 1];
    int c = part.triangles()[f + 2];
    float x = vertices[3 * a];
    float y = vertices[3 * a + 1];
    float z = vertices[3 * a + 2];
    float sx = vertices[3 * b] - x;
    float sy = vertices[3 * b + 1] - y;
    float sz = vertices[3 * b + 2] - z;
    float tx = vertices[3 * c] - x;
    float ty = vertices[3 * c + 1] - y;
    float tz = vertices[3 * c + 2] - z;
    Look look = part.look();
    while (next < sum && drawn < points) {
      int first = (int) (bits >>> 40);
      int second = (int) (bits >>> 16) & ONE - 1;
      // All ones where s + t, in single precision, is above 1: half of them, so no branch.
      int fold = ONE + 1 - first - second >> 31;
      float s = mirrored(first, fold) * (1f / ONE);
      float t = mirrored(second, fold) * (1f / ONE);
      int at = drawn++ * 3;
      xyz[at] = x + s * sx + t * tx;
      xyz[at + 1] = y + s * sy + t * ty;
      xyz[at + 2] = z + s * sz + t * tz;
      look.paint(a, b, c, s, t, rgb, at);
      advance();
    }
  }

  /** ONE − weight where {@code fold} is −1, the weight itself where it is 0. */
  private static int mirrored(int weight, int fold) {
    return (weight ^ fold) - fold + (ONE & fold);
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
