package org.trispike.jobs.quickstart;

import java.util.Arrays;

/**
 * A triangle mesh in the making, z up.
 *
 * <p>Its methods add closed bodies; bodies may overlap. Corners of a triangle run anticlockwise
 * seen from outside.
 */
final class Solid {
  private float[] xyz = new float[3 * 256];
  private int[] corners = new int[3 * 256];
  private int vertices;
  private int triangles;

  int vertices() {
    return vertices;
  }

  int triangles() {
    return triangles;
  }

  /** Coordinates [3·vertices]. */
  float[] xyz() {
    return Arrays.copyOf(xyz, 3 * vertices);
  }

  /** Vertex indices [3·triangles]. */
  int[] corners() {
    return Arrays.copyOf(corners, 3 * triangles);
  }

  private int vertex(double x, double y, double z) {
    if (3 * vertices == xyz.length) {
      xyz = Arrays.copyOf(xyz, 2 * xyz.length);
    }
    xyz[3 * vertices] = (float) x;
    xyz[3 * vertices + 1] = (float) y;
    xyz[3 * vertices + 2] = (float) z;
    return vertices++;
  }

  private void triangle(int a, int b, int c) {
    if (3 * triangles == corners.length) {
      corners = Arrays.copyOf(corners, 2 * corners.length);
    }
    corners[3 * triangles] = a;
    corners[3 * triangles + 1] = b;
    corners[3 * triangles + 2] = c;
    triangles++;
  }

  private void quad(int a, int b, int c, int d) {
    triangle(a, b, c);
    triangle(a, c, d);
  }

  /** A box around (x, y, z) with the full widths w, d and h. */
  Solid box(double x, double y, double z, double w, double d, double h) {
    int v = vertices;
    for (int i = 0; i < 8; i++) {
      vertex(x + ((i & 1) - 0.5) * w, y + ((i >> 1 & 1) - 0.5) * d, z + ((i >> 2 & 1) - 0.5) * h);
    }
    quad(v, v + 2, v + 3, v + 1);
    quad(v + 4, v + 5, v + 7, v + 6);
    quad(v, v + 1, v + 5, v + 4);
    quad(v + 2, v + 6, v + 7, v + 3);
    quad(v, v + 4, v + 6, v + 2);
    quad(v + 1, v + 3, v + 7, v + 5);
    return this;
  }

  /**
   * Turns a profile about the z axis.
   *
   * @param profile [r0, z0, r1, z1, …], from the top to the bottom along the outside
   * @param closed whether the last point joins the first, as in a ring
   * @param sides of the round; a few give a pyramid or an octahedron
   */
  Solid revolve(double[] profile, boolean closed, int sides) {
    int points = profile.length / 2;
    int v = vertices;
    for (int i = 0; i < sides; i++) {
      double angle = 2 * Math.PI * i / sides;
      for (int p = 0; p < points; p++) {
        double r = profile[2 * p];
        vertex(r * Math.cos(angle), r * Math.sin(angle), profile[2 * p + 1]);
      }
    }
    for (int i = 0; i < sides; i++) {
      int here = v + i * points;
      int next = v + (i + 1) % sides * points;
      for (int p = 0; p < (closed ? points : points - 1); p++) {
        int q = (p + 1) % points;
        band(here + p, here + q, next + q, next + p, profile[2 * p], profile[2 * q]);
      }
    }
    return this;
  }

  /** A strip between two meridians; where the radius is nought it is one triangle. */
  private void band(int a, int b, int c, int d, double upper, double lower) {
    if (lower != 0) {
      triangle(a, b, c);
    }
    if (upper != 0) {
      triangle(a, c, d);
    }
  }

  /**
   * Lifts a polygon of the x-z plane to a prism of the given depth along y.
   *
   * @param outline [x0, z0, x1, z1, …], anticlockwise seen from −y
   * @param eyeX of a point from which the whole outline is seen
   * @param eyeZ of the same point
   */
  Solid prism(double[] outline, double eyeX, double eyeZ, double depth) {
    int n = outline.length / 2;
    int front = vertices;
    for (int side = 0; side < 2; side++) {
      double y = (side - 0.5) * depth;
      for (int i = 0; i < n; i++) {
        vertex(outline[2 * i], y, outline[2 * i + 1]);
      }
      vertex(eyeX, y, eyeZ);
    }
    int back = front + n + 1;
    for (int i = 0; i < n; i++) {
      int j = (i + 1) % n;
      triangle(front + n, front + i, front + j);
      triangle(back + n, back + j, back + i);
      quad(front + i, back + i, back + j, front + j);
    }
    return this;
  }

  /**
   * A prism along y between two lines of as many points each.
   *
   * @param outer [x0, z0, x1, z1, …], from right to left
   * @param inner likewise, below it
   */
  Solid ribbon(double[] outer, double[] inner, double depth) {
    int n = outer.length / 2;
    int v = vertices;
    for (double[] line : new double[][] {outer, inner}) {
      for (int side = 0; side < 2; side++) {
        for (int i = 0; i < n; i++) {
          vertex(line[2 * i], (side - 0.5) * depth, line[2 * i + 1]);
        }
      }
    }
    int outerBack = v + n;
    int innerFront = v + 2 * n;
    int innerBack = v + 3 * n;
    for (int i = 0; i + 1 < n; i++) {
      quad(v + i, v + i + 1, innerFront + i + 1, innerFront + i);
      quad(outerBack + i, innerBack + i, innerBack + i + 1, outerBack + i + 1);
      quad(v + i, outerBack + i, outerBack + i + 1, v + i + 1);
      quad(innerFront + i, innerFront + i + 1, innerBack + i + 1, innerBack + i);
    }
    quad(v, innerFront, innerBack, outerBack);
    quad(v + n - 1, outerBack + n - 1, innerBack + n - 1, innerFront + n - 1);
    return this;
  }

  /** Turns the whole about the z axis and scales it. */
  Solid pose(double angle, double scale) {
    double cos = Math.cos(angle) * scale;
    double sin = Math.sin(angle) * scale;
    for (int i = 0; i < vertices; i++) {
      double x = xyz[3 * i];
      double y = xyz[3 * i + 1];
      xyz[3 * i] = (float) (x * cos - y * sin);
      xyz[3 * i + 1] = (float) (x * sin + y * cos);
      xyz[3 * i + 2] *= (float) scale;
    }
    return this;
  }
}
