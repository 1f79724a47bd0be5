package org.trispike.vq.train;

import org.trispike.vq.E8p;

/** The E8P lattice at one scale. */
record LatticeBook(float scale) implements Book {
  /** Points on which scales are tried. */
  private static final int TRIALS = 512;

  /** Steps of the search; the interval shrinks to 0.618 of itself in each. */
  private static final int STEPS = 10;

  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  /** A scale, and the squared error that it leaves. */
  private record Trial(double scale, double error) {
    Trial orBetter(Trial other) {
      return other.error < error ? other : this;
    }
  }

  /**
   * The scale that leaves least error after so many rounds, each of which is fitted to the rest of
   * the one before. Of two rounds the first is coarser than one alone would be, so that the second
   * has less to correct at the rim. The error is not convex in the scale, so the search by golden
   * section, between half and twice the root mean square, keeps the best of all that it tried.
   */
  static LatticeBook fit(Points points, int rounds) {
    int[] some = new int[Math.min(TRIALS, points.count())];
    for (int i = 0; i < some.length; i++) {
      some[i] = (int) ((long) i * points.count() / some.length);
    }
    return new LatticeBook((float) search(points.pick(some), rounds).scale());
  }

  private static Trial search(Points points, int rounds) {
    double square = 0;
    for (float value : points.values()) {
      square += (double) value * value;
    }
    double unit = Math.sqrt(square / points.values().length);
    if (unit == 0) {
      return new Trial(1, 0);
    }
    double low = unit / 2;
    double high = 2 * unit;
    Trial left = trial(points, high - GOLDEN * (high - low), rounds);
    Trial right = trial(points, low + GOLDEN * (high - low), rounds);
    Trial best = left.orBetter(right);
    for (int step = 0; step < STEPS; step++) {
      if (left.error < right.error) {
        high = right.scale;
        right = left;
        left = trial(points, high - GOLDEN * (high - low), rounds);
      } else {
        low = left.scale;
        left = right;
        right = trial(points, low + GOLDEN * (high - low), rounds);
      }
      best = best.orBetter(left).orBetter(right);
    }
    return best;
  }

  private static Trial trial(Points points, double scale, int rounds) {
    LatticeBook book = new LatticeBook((float) scale);
    Points residual = points.copy();
    int[] codes = book.nearest(points);
    double error = 0;
    for (int i = 0; i < codes.length; i++) {
      book.add(codes[i], -1, residual.values(), i * E8p.LENGTH);
    }
    for (float value : residual.values()) {
      error += (double) value * value;
    }
    return new Trial(scale, rounds == 1 ? error : search(residual, rounds - 1).error);
  }

  @Override
  public int[] nearest(Points points) {
    int[] codes = new int[points.count()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = E8p.nearest(points.values(), i * E8p.LENGTH, scale);
    }
    return codes;
  }

  @Override
  public void add(int code, float sign, float[] target, int at) {
    float[] point = new float[E8p.LENGTH];
    E8p.point(code, scale, point, 0);
    for (int d = 0; d < E8p.LENGTH; d++) {
      target[at + d] += sign * point[d];
    }
  }
}
