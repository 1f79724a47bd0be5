package org.trispike.jobs.bench;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** What one core can do at best: fused multiply-adds on registers alone. */
final class FmaPeak {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int ROUNDS = 5_000;

  /** Keeps the sums alive: a compiler that sees them unused leaves the loop out. */
  private static volatile float kept;

  private FmaPeak() {}

  /** Floating-point operations of one call of {@link #run}. */
  static double operations() {
    return 2.0 * 12 * S.length() * ROUNDS;
  }

  static void run() {
    FloatVector m = FloatVector.broadcast(S, 0.999f);
    FloatVector b = FloatVector.broadcast(S, 0.001f);
    FloatVector a0 = b;
    FloatVector a1 = b;
    FloatVector a2 = b;
    FloatVector a3 = b;
    FloatVector a4 = b;
    FloatVector a5 = b;
    FloatVector a6 = b;
    FloatVector a7 = b;
    FloatVector a8 = b;
    FloatVector a9 = b;
    FloatVector a10 = b;
    FloatVector a11 = b;
    for (int i = 0; i < ROUNDS; i++) {
      a0 = a0.fma(m, b);
      a1 = a1.fma(m, b);
      a2 = a2.fma(m, b);
      a3 = a3.fma(m, b);
      a4 = a4.fma(m, b);
      a5 = a5.fma(m, b);
      a6 = a6.fma(m, b);
      a7 = a7.fma(m, b);
      a8 = a8.fma(m, b);
      a9 = a9.fma(m, b);
      a10 = a10.fma(m, b);
      a11 = a11.fma(m, b);
    }
    kept =
        a0.add(a1)
            .add(a2)
            .add(a3)
            .add(a4)
            .add(a5)
            .add(a6)
            .add(a7)
            .add(a8)
            .add(a9)
            .add(a10)
            .add(a11)
            .lane(0);
  }
}
