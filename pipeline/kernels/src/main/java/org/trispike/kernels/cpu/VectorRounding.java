package org.trispike.kernels.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Floats to ints: JDK 17 has no fast conversion, and its compares are slow. */
final class VectorRounding {
  /** Adding it leaves the nearest whole number in the mantissa. */
  private static final float MANTISSA = 1 << 23;

  private VectorRounding() {}

  /** Rounds down numbers of 0 to 2^22. */
  static IntVector down(FloatVector v) {
    FloatVector near = v.add(MANTISSA);
    IntVector above =
        v.sub(near.sub(MANTISSA))
            .reinterpretAsInts()
            .lanewise(VectorOperators.ASHR, Integer.SIZE - 1);
    return near.reinterpretAsInts().and((1 << 23) - 1).add(above);
  }
}
