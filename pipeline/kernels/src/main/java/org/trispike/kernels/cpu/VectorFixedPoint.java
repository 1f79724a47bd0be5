package org.trispike.kernels.cpu;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
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

  private static final int INFINITY = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

  /**
   * Puts in order what two vectors left in the halves of ints, or four in the quarters of longs.
   */
  private static final ShortVector FROM_TWO = order(2);

  private static final ShortVector FROM_FOUR = order(4);

  private VectorFixedPoint() {}

  private static ShortVector order(int vectors) {
    VectorSpecies<Short> shorts = S.withLanes(short.class);
    short[] order = new short[shorts.length()];
    int each = order.length / vectors;
    for (int k = 0; k < order.length; k++) {
      order[k] = (short) (k % each * vectors + k / each);
    }
    return ShortVector.fromArray(shorts, order, 0);
  }

  private static VectorSpecies<Byte> half(int bits) {
    return VectorSpecies.of(byte.class, VectorShape.forBitSize(bits / 2));
  }

  static int pack16(FixedPoint.Range range, float[] x, byte[] out, int at) {
    float scale = range.scale(FixedPoint.MOST_16);
    int i = 0;
    for (; i + 2 * W <= x.length; i += 2 * W) {
      IntVector first = steps(range, scale, x, i);
      IntVector second = steps(range, scale, x, i + W);
      IntVector both = first.or(second.lanewise(VectorOperators.LSHL, Short.SIZE));
      store(both.reinterpretAsShorts(), FROM_TWO, out, at + 2 * i);
    }
    return i;
  }

  static int pack8(FixedPoint.Range range, float[] x, byte[] out, int at) {
    float scale = range.scale(FixedPoint.MOST_8);
    int i = 0;
    for (; i + 4 * W <= x.length; i += 4 * W) {
      LongVector first = pairs(range, scale, x, i);
      LongVector second = pairs(range, scale, x, i + W);
      LongVector third = pairs(range, scale, x, i + 2 * W);
      LongVector fourth = pairs(range, scale, x, i + 3 * W);
      LongVector all =
          first
              .or(second.lanewise(VectorOperators.LSHL, Short.SIZE))
              .or(third.lanewise(VectorOperators.LSHL, 2 * Short.SIZE))
              .or(fourth.lanewise(VectorOperators.LSHL, 3 * Short.SIZE));
      store(all.reinterpretAsShorts(), FROM_FOUR, out, at + i);
    }
    return i;
  }

  private static void store(ShortVector lanes, ShortVector order, byte[] out, int at) {
    order.selectFrom(lanes).reinterpretAsBytes().intoArray(out, at);
  }

  /** Steps of 8 bits, two of them in the low 16 bits of each long. */
  private static LongVector pairs(FixedPoint.Range range, float scale, float[] x, int i) {
    LongVector steps = steps(range, scale, x, i).reinterpretAsLongs();
    return steps.or(steps.lanewise(VectorOperators.LSHR, Integer.SIZE - Byte.SIZE)).and(0xFFFF);
  }

  /**
   * Whole numbers of at most 16 bits in ints, in their arithmetic: compares are slow in JDK 17, and
   * conversions that change a vector's shape no longer compile where they have met several, as they
   * have where rows are written.
   */
  private static IntVector steps(FixedPoint.Range range, float scale, float[] x, int i) {
    // As ints, floats are in order from +0 on, all others are below 0, and NaN is above infinity.
    IntVector bits = FloatVector.fromArray(S, x, i).add(range.shift).reinterpretAsInts();
    IntVector number = bits.sub(INFINITY + 1).lanewise(VectorOperators.ASHR, Integer.SIZE - 1);
    IntVector within = bits.and(number).max(0).min(Float.floatToRawIntBits(1 + range.shift));
    // Twice the value, rounded down: half of one more than that is the nearest, halves up.
    IntVector twice = VectorRounding.down(within.reinterpretAsFloats().mul(2 * scale));
    return twice.add(1).lanewise(VectorOperators.LSHR, 1);
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
