package org.trispike.kernels.cpu;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link FixedPoint} with the Vector API. Each method does whole vectors and returns how many
 * elements that were.
 */
final class VectorFixedPoint {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = S.withLanes(int.class);
  private static final VectorSpecies<Short> SHORTS = half(S.vectorBitSize()).withLanes(short.class);
  private static final VectorSpecies<Byte> SHORT_BYTES = SHORTS.withLanes(byte.class);
  private static final VectorSpecies<Byte> BYTES =
      half(SHORTS.vectorBitSize()).withLanes(byte.class);
  private static final int W = S.length();

  private static final float MANTISSA = 1 << 23;

  private VectorFixedPoint() {}

  private static VectorSpecies<Byte> half(int bits) {
    return VectorSpecies.of(byte.class, VectorShape.forBitSize(bits / 2));
  }

  /**
   * The nearest whole numbers, by what adding 2^23 leaves of the mantissa: that rounds halves to
   * even, so where a half was left out one is added. JDK 17 has no fast conversion of floats to
   * integers; one of ints to bytes it has, but no longer compiles where it has met vectors of
   * several shapes, as it has where rows are written.
   */
  static int steps(FixedPoint.Range range, float scale, float[] x, int from, int n, int[] steps) {
    int i = 0;
    for (; i + W <= n; i += W) {
      FloatVector v = FloatVector.fromArray(S, x, from + i);
      v = v.blend(range.low(), v.compare(VectorOperators.LT, range.low()));
      v = v.blend(1, v.compare(VectorOperators.GT, 1));
      v = v.blend(range.low(), v.compare(VectorOperators.NE, v));
      v = v.add(range.shift).mul(scale);
      FloatVector even = v.add(MANTISSA).sub(MANTISSA);
      FloatVector up = even.blend(even.add(1), v.sub(even).compare(VectorOperators.GE, 0.5f));
      up.add(MANTISSA).reinterpretAsInts().and((1 << 23) - 1).intoArray(steps, i);
    }
    return i;
  }

  static int unpack16(FixedPoint.Range range, byte[] in, int at, float[] x) {
    float unit = range.unit(FixedPoint.MOST_16);
    int i = 0;
    for (; i + W <= x.length; i += W) {
      ShortVector steps = ByteVector.fromArray(SHORT_BYTES, in, at + 2 * i).reinterpretAsShorts();
      IntVector unsigned =
          ((IntVector) steps.convertShape(VectorOperators.S2I, INTS, 0)).and(FixedPoint.MOST_16);
      floats(unsigned, unit, range).intoArray(x, i);
    }
    return i;
  }

  static int unpack8(FixedPoint.Range range, byte[] in, int at, float[] x) {
    float unit = range.unit(FixedPoint.MOST_8);
    int i = 0;
    for (; i + W <= x.length; i += W) {
      ByteVector steps = ByteVector.fromArray(BYTES, in, at + i);
      IntVector unsigned =
          ((IntVector) steps.convertShape(VectorOperators.B2I, INTS, 0)).and(FixedPoint.MOST_8);
      floats(unsigned, unit, range).intoArray(x, i);
    }
    return i;
  }

  private static FloatVector floats(IntVector steps, float unit, FixedPoint.Range range) {
    return ((FloatVector) steps.convertShape(VectorOperators.I2F, S, 0)).mul(unit).sub(range.shift);
  }
}
