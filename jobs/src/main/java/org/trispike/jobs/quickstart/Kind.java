package org.trispike.jobs.quickstart;

import java.util.List;
import org.trispike.kernels.KeyedRandom;

/** The kinds of solid, each with its words and its random proportions. */
enum Kind {
  BOX("box", "block") {
    @Override
    Solid make(KeyedRandom random) {
      return new Solid()
          .box(
              0,
              0,
              0,
              random.uniform(0.7, 1.3),
              random.uniform(0.7, 1.3),
              random.uniform(0.6, 1.2));
    }
  },
  SPHERE("sphere", "ball") {
    @Override
    Solid make(KeyedRandom random) {
      return new Solid().revolve(arc(0, 0, 1, random.uniform(0.9, 1.1), 90, -90, 16), false, 24);
    }
  },
  CYLINDER("cylinder", "drum") {
    @Override
    Solid make(KeyedRandom random) {
      double h = random.uniform(0.6, 1.5);
      return new Solid().revolve(new double[] {0, h, 1, h, 1, -h, 0, -h}, false, 32);
    }
  },
  CONE("cone", "party hat") {
    @Override
    Solid make(KeyedRandom random) {
      return new Solid().revolve(new double[] {0, random.uniform(1.4, 2.6), 1, 0, 0, 0}, false, 32);
    }
  },
  TORUS("torus", "doughnut") {
    @Override
    Solid make(KeyedRandom random) {
      double thick = random.uniform(0.2, 0.4);
      return new Solid().revolve(arc(1, 0, thick, thick, 360, 0, 16), true, 32);
    }
  },
  PYRAMID("pyramid", "four-sided pyramid") {
    @Override
    Solid make(KeyedRandom random) {
      return new Solid().revolve(new double[] {0, random.uniform(1.0, 1.7), 1, 0, 0, 0}, false, 4);
    }
  },
  OCTAHEDRON("octahedron", "diamond") {
    @Override
    Solid make(KeyedRandom random) {
      double h = random.uniform(1.0, 1.7);
      return new Solid().revolve(new double[] {0, h, 1, 0, 0, -h}, false, 4);
    }
  },
  CAPSULE("capsule", "pill") {
    @Override
    Solid make(KeyedRandom random) {
      double h = random.uniform(0.9, 1.8);
      double[] top = arc(0, h, 1, 1, 90, 0, 8);
      double[] bottom = arc(0, -h, 1, 1, 0, -90, 8);
      return new Solid().revolve(join(top, bottom), false, 24);
    }
  },
  TUBE("tube", "pipe") {
    @Override
    Solid make(KeyedRandom random) {
      double h = random.uniform(0.8, 1.8);
      double inner = random.uniform(0.6, 0.85);
      double[] profile = {1, h, 1, -h, inner, -h, inner, h};
      return new Solid().revolve(profile, true, 32);
    }
  },
  WEDGE("wedge", "ramp") {
    @Override
    Solid make(KeyedRandom random) {
      double length = random.uniform(1.6, 2.4);
      double height = random.uniform(0.7, 1.2);
      double[] outline = {0, 0, length, 0, length, height};
      return new Solid().prism(outline, 0.7 * length, 0.3 * height, random.uniform(0.8, 1.4));
    }
  },
  STAR("star", "five-pointed star") {
    @Override
    Solid make(KeyedRandom random) {
      double inner = random.uniform(0.36, 0.5);
      double[] outline = new double[20];
      for (int i = 0; i < 10; i++) {
        double radius = i % 2 == 0 ? 1 : inner;
        double angle = Math.PI / 2 + i * Math.PI / 5;
        outline[2 * i] = radius * Math.cos(angle);
        outline[2 * i + 1] = radius * Math.sin(angle);
      }
      return new Solid().prism(outline, 0, 0, random.uniform(0.2, 0.5));
    }
  },
  CROSS("cross", "plus sign") {
    @Override
    Solid make(KeyedRandom random) {
      double w = random.uniform(0.2, 0.34);
      double[] outline = {
        w, 1, -w, 1, -w, w, -1, w, -1, -w, -w, -w, -w, -1, w, -1, w, -w, 1, -w, 1, w, w, w
      };
      return new Solid().prism(outline, 0, 0, random.uniform(0.3, 0.6));
    }
  },
  STAIRS("stairs", "staircase") {
    @Override
    Solid make(KeyedRandom random) {
      int steps = 3 + random.nextInt(3);
      double run = random.uniform(0.35, 0.5);
      double rise = random.uniform(0.25, 0.4);
      double[] outline = new double[4 * steps + 4];
      outline[2] = steps * run;
      int at = 4;
      for (int i = steps; i > 0; i--) {
        outline[at++] = i * run;
        outline[at++] = i * rise;
        outline[at++] = (i - 1) * run;
        outline[at++] = i * rise;
      }
      return new Solid().prism(outline, steps * run, 0, random.uniform(0.7, 1.4));
    }
  },
  ARCH("arch", "archway") {
    @Override
    Solid make(KeyedRandom random) {
      double inner = random.uniform(0.55, 0.75);
      double legs = random.uniform(0.5, 1.1);
      double[] feet = {1, -legs};
      double[] innerFeet = {inner, -legs};
      return new Solid()
          .ribbon(
              join(join(feet, arc(0, 0, 1, 1, 0, 180, 14)), new double[] {-1, -legs}),
              join(
                  join(innerFeet, arc(0, 0, inner, inner, 0, 180, 14)),
                  new double[] {-inner, -legs}),
              random.uniform(0.4, 0.8));
    }
  },
  TABLE("table", "desk") {
    @Override
    Solid make(KeyedRandom random) {
      double w = random.uniform(1.4, 2.2);
      double d = random.uniform(0.9, 1.4);
      double h = random.uniform(0.8, 1.3);
      double leg = random.uniform(0.1, 0.18);
      Solid table = new Solid().box(0, 0, h, w, d, random.uniform(0.08, 0.16));
      for (int i = 0; i < 4; i++) {
        double x = ((i & 1) - 0.5) * (w - leg);
        double y = ((i >> 1) - 0.5) * (d - leg);
        table.box(x, y, h / 2, leg, leg, h);
      }
      return table;
    }
  },
  DUMBBELL("dumbbell", "barbell") {
    @Override
    Solid make(KeyedRandom random) {
      double h = random.uniform(1.2, 1.8);
      double bar = random.uniform(0.15, 0.28);
      double[] profile = join(arc(0, h, 0.8, 0.8, 90, -78, 12), arc(0, -h, 0.8, 0.8, 78, -90, 12));
      Solid bells = new Solid().revolve(profile, false, 20);
      return bells.revolve(new double[] {0, h, bar, h, bar, -h, 0, -h}, false, 12);
    }
  };

  private final List<String> names;

  Kind(String... names) {
    this.names = List.of(names);
  }

  /** A solid of this kind around the z axis, about two units large. */
  abstract Solid make(KeyedRandom random);

  /** Its words; the first is the name of the class. */
  List<String> names() {
    return names;
  }

  /**
   * Points of an ellipse's arc in the plane of a profile: [x0, z0, x1, z1, …].
   *
   * @param from angle in degrees, 0 to the right and 90 up
   * @param to likewise; a full turn leaves the last point out, as it is the first
   */
  private static double[] arc(
      double x, double z, double a, double b, double from, double to, int steps) {
    boolean whole = Math.abs(to - from) == 360;
    double[] points = new double[2 * (whole ? steps : steps + 1)];
    for (int i = 0; i < points.length / 2; i++) {
      double degrees = from + (to - from) * i / steps;
      boolean pole = x == 0 && Math.abs(degrees) == 90;
      points[2 * i] = pole ? 0 : x + a * Math.cos(Math.toRadians(degrees));
      points[2 * i + 1] = z + b * Math.sin(Math.toRadians(degrees));
    }
    return points;
  }

  private static double[] join(double[] a, double[] b) {
    double[] both = new double[a.length + b.length];
    System.arraycopy(a, 0, both, 0, a.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
