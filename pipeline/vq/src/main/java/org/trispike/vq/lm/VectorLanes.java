package org.trispike.vq.lm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The Vector API at the CPU's own width; tails fall to {@link ScalarLanes}. */
final class VectorLanes implements Lanes {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int W = S.length();
  private static final ScalarLanes TAIL = new ScalarLanes();

  @Override
  public float dot(float[] a, int aAt, float[] b, int bAt, int size) {
    FloatVector even = FloatVector.zero(S);
    FloatVector odd = FloatVector.zero(S);
    int i = 0;
    for (; i + 2 * W <= size; i += 2 * W) {
      even = FloatVector.fromArray(S, a, aAt + i).fma(FloatVector.fromArray(S, b, bAt + i), even);
      odd =
          FloatVector.fromArray(S, a, aAt + i + W)
              .fma(FloatVector.fromArray(S, b, bAt + i + W), odd);
    }
    return even.add(odd).reduceLanes(VectorOperators.ADD)
        + TAIL.dot(a, aAt + i, b, bAt + i, size - i);
  }

  @Override
  public void axpy(float alpha, float[] x, int xAt, float[] y, int yAt, int size) {
    FloatVector a = FloatVector.broadcast(S, alpha);
    int i = 0;
    for (; i + W <= size; i += W) {
      FloatVector.fromArray(S, x, xAt + i)
          .fma(a, FloatVector.fromArray(S, y, yAt + i))
          .intoArray(y, yAt + i);
    }
    TAIL.axpy(alpha, x, xAt + i, y, yAt + i, size - i);
  }

  /** Four rows at a time, so that y is read and written once for them. */
  @Override
  public void mix(
      float[] rows, int count, int width, float[] shares, int sharesAt, float[] y, int yAt) {
    int whole = width / W * W;
    int row = 0;
    for (; row + 4 <= count; row += 4) {
      FloatVector a = FloatVector.broadcast(S, shares[sharesAt + row]);
      FloatVector b = FloatVector.broadcast(S, shares[sharesAt + row + 1]);
      FloatVector c = FloatVector.broadcast(S, shares[sharesAt + row + 2]);
      FloatVector d = FloatVector.broadcast(S, shares[sharesAt + row + 3]);
      int at = row * width;
      for (int i = 0; i < whole; i += W) {
        FloatVector ab =
            FloatVector.fromArray(S, rows, at + i)
                .fma(a, FloatVector.fromArray(S, rows, at + width + i).mul(b));
        FloatVector cd =
            FloatVector.fromArray(S, rows, at + 2 * width + i)
                .fma(c, FloatVector.fromArray(S, rows, at + 3 * width + i).fma(d, ab));
        FloatVector.fromArray(S, y, yAt + i).add(cd).intoArray(y, yAt + i);
      }
      for (int r = 0; r < 4; r++) {
        float share = shares[sharesAt + row + r];
        TAIL.axpy(share, rows, at + r * width + whole, y, yAt + whole, width - whole);
      }
    }
    for (; row < count; row++) {
      axpy(shares[sharesAt + row], rows, row * width, y, yAt, width);
    }
  }

  @Override
  public float exponentials(float[] scores, int count) {
    FloatVector largest = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    int whole = count / W * W;
    for (int i = 0; i < whole; i += W) {
      largest = largest.max(FloatVector.fromArray(S, scores, i));
    }
    float top = largest.reduceLanes(VectorOperators.MAX);
    for (int i = whole; i < count; i++) {
      top = Math.max(top, scores[i]);
    }
    FloatVector sums = FloatVector.zero(S);
    for (int i = 0; i < whole; i += W) {
      FloatVector share =
          FloatVector.fromArray(S, scores, i).sub(top).lanewise(VectorOperators.EXP);
      share.intoArray(scores, i);
      sums = sums.add(share);
    }
    float sum = sums.reduceLanes(VectorOperators.ADD);
    for (int i = whole; i < count; i++) {
      scores[i] = (float) Math.exp(scores[i] - top);
      sum += scores[i];
    }
    return sum;
  }

  @Override
  public String description() {
    return "vector, " + S.vectorBitSize() + " bit";
  }
}
