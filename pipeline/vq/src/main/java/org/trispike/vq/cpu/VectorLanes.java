package org.trispike.vq.cpu;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The Vector API at the CPU's own width. */
final class VectorLanes implements Lanes {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int W = S.length();

  /** As many bytes as there are floats. */
  private static final VectorSpecies<Byte> B =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(8 * Math.max(W, 8)));

  @Override
  public int width() {
    return W;
  }

  /** Four sums at once, since each step waits for the one before it. */
  @Override
  public float dot(float[] a, int at, float[] x, int size) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    int i = 0;
    for (; i + 4 * W <= size; i += 4 * W) {
      s0 = floats(a, at + i).fma(floats(x, i), s0);
      s1 = floats(a, at + i + W).fma(floats(x, i + W), s1);
      s2 = floats(a, at + i + 2 * W).fma(floats(x, i + 2 * W), s2);
      s3 = floats(a, at + i + 3 * W).fma(floats(x, i + 3 * W), s3);
    }
    for (; i + W <= size; i += W) {
      s0 = floats(a, at + i).fma(floats(x, i), s0);
    }
    float sum = s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD);
    for (; i < size; i++) {
      sum += a[at + i] * x[i];
    }
    return sum;
  }

  @Override
  public float dot(byte[] a, int at, float[] x, int size) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    int i = 0;
    for (; i + 4 * W <= size; i += 4 * W) {
      s0 = floats(a, at + i).fma(floats(x, i), s0);
      s1 = floats(a, at + i + W).fma(floats(x, i + W), s1);
      s2 = floats(a, at + i + 2 * W).fma(floats(x, i + 2 * W), s2);
      s3 = floats(a, at + i + 3 * W).fma(floats(x, i + 3 * W), s3);
    }
    for (; i + W <= size; i += W) {
      s0 = floats(a, at + i).fma(floats(x, i), s0);
    }
    float sum = s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD);
    for (; i < size; i++) {
      sum += a[at + i] * x[i];
    }
    return sum;
  }

  @Override
  public void products(
      float[] x, int xAt, int length, float[] columns, int at, int entries, float[] table, int to) {
    int e = 0;
    for (; e + W <= entries; e += W) {
      FloatVector sum = floats(columns, at + e).mul(x[xAt]);
      for (int d = 1; d < length; d++) {
        sum = sum.add(floats(columns, at + d * entries + e).mul(x[xAt + d]));
      }
      sum.intoArray(table, to + e);
    }
    ScalarLanes.products(x, xAt, length, columns, at, entries, table, to, e);
  }

  private static FloatVector floats(float[] a, int at) {
    return FloatVector.fromArray(S, a, at);
  }

  private static FloatVector floats(byte[] a, int at) {
    return (FloatVector) ByteVector.fromArray(B, a, at).castShape(S, 0);
  }

  @Override
  public String description() {
    return "vector, " + S.vectorBitSize() + " bit";
  }
}
