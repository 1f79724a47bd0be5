package org.trispike.jobs.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trispike.kernels.KeyedRandom;

final class KindTest {

  @ParameterizedTest
  @EnumSource(Kind.class)
  void isClosedAndFacesOutwards(Kind kind) {
    for (int draw = 0; draw < 5; draw++) {
      Solid solid = kind.make(KeyedRandom.of(3, kind.ordinal(), draw)).pose(0.7, 1.5);
      double[] sum = new double[3];
      double volume = 0;
      double area = 0;
      for (int t = 0; t < solid.triangles(); t++) {
        double[] a = corner(solid, t, 0);
        double[] b = corner(solid, t, 1);
        double[] c = corner(solid, t, 2);
        double[] n = cross(minus(b, a), minus(c, a));
        area += Math.sqrt(dot(n, n)) / 2;
        volume += dot(a, n) / 6;
        for (int axis = 0; axis < 3; axis++) {
          sum[axis] += n[axis];
        }
      }
      // By Gauss the area vectors of a closed surface add up to nothing, whatever its shape.
      assertThat(Math.sqrt(dot(sum, sum)) / area).isCloseTo(0, within(1e-5));
      assertThat(volume).as("volume of %s", kind).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void hasNoIdleVertexFarFromTheSolid(Kind kind) {
    Solid solid = kind.make(KeyedRandom.of(4, kind.ordinal()));
    float[] xyz = solid.xyz();
    for (float value : xyz) {
      assertThat(value).isFinite().isBetween(-4f, 4f);
    }
    for (int corner : solid.corners()) {
      assertThat(corner).isBetween(0, solid.vertices() - 1);
    }
  }

  private static double[] corner(Solid solid, int triangle, int corner) {
    int vertex = solid.corners()[3 * triangle + corner];
    float[] xyz = solid.xyz();
    return new double[] {xyz[3 * vertex], xyz[3 * vertex + 1], xyz[3 * vertex + 2]};
  }

  private static double[] minus(double[] a, double[] b) {
    return new double[] {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
  }

  private static double[] cross(double[] a, double[] b) {
    return new double[] {
      a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    };
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }
}
