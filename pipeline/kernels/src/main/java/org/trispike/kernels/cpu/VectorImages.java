package org.trispike.kernels.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The loops on images of {@link VectorLanes}. */
final class VectorImages {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int W = S.length();

  private VectorImages() {}

  static void gather(
      float[] x, int xAt, int stride, int count, int lanes, float[] vectors, int vectorsAt) {
    if (lanes == W) {
      for (int i = 0; i < count; i++) {
        FloatVector.fromArray(S, x, xAt + i * stride).intoArray(vectors, vectorsAt + i * W);
      }
    } else {
      for (int i = 0; i < count; i++) {
        System.arraycopy(x, xAt + i * stride, vectors, vectorsAt + i * W, lanes);
      }
    }
  }

  /** Eight sums, so that two multiply-adds can start while six are under way. */
  static void taps(
      float[] x, int xAt, int[] offsets, float[] w, int wAt, int from, int to, float[] sums) {
    FloatVector a0 = FloatVector.zero(S);
    FloatVector a1 = FloatVector.zero(S);
    FloatVector a2 = FloatVector.zero(S);
    FloatVector a3 = FloatVector.zero(S);
    FloatVector a4 = FloatVector.zero(S);
    FloatVector a5 = FloatVector.zero(S);
    FloatVector a6 = FloatVector.zero(S);
    FloatVector a7 = FloatVector.zero(S);
    for (int j = from; j < to; j++) {
      int at = xAt + offsets[j];
      FloatVector weight = FloatVector.fromArray(S, w, wAt + j * W);
      FloatVector first = FloatVector.fromArray(S, x, at);
      FloatVector last = FloatVector.fromArray(S, x, at + 7 * W);
      a0 = first.fma(weight, a0);
      a7 = last.fma(weight, a7);
      a1 = FloatVector.fromArray(S, x, at + W).fma(weight, a1);
      a2 = FloatVector.fromArray(S, x, at + 2 * W).fma(weight, a2);
      a3 = FloatVector.fromArray(S, x, at + 3 * W).fma(weight, a3);
      a4 = FloatVector.fromArray(S, x, at + 4 * W).fma(weight, a4);
      a5 = FloatVector.fromArray(S, x, at + 5 * W).fma(weight, a5);
      a6 = FloatVector.fromArray(S, x, at + 6 * W).fma(weight, a6);
    }
    a0.intoArray(sums, 0);
    a1.intoArray(sums, W);
    a2.intoArray(sums, 2 * W);
    a3.intoArray(sums, 3 * W);
    a4.intoArray(sums, 4 * W);
    a5.intoArray(sums, 5 * W);
    a6.intoArray(sums, 6 * W);
    a7.intoArray(sums, 7 * W);
  }

  static void scatter(
      float[] vectors, int count, int lanes, float beta, float[] y, int yAt, int stride) {
    if (lanes < W) {
      for (int i = 0; i < count; i++) {
        for (int c = 0; c < lanes; c++) {
          int to = yAt + i * stride + c;
          y[to] = beta == 0f ? vectors[i * W + c] : Math.fma(beta, y[to], vectors[i * W + c]);
        }
      }
    } else if (beta == 0f) {
      for (int i = 0; i < count; i++) {
        FloatVector.fromArray(S, vectors, i * W).intoArray(y, yAt + i * stride);
      }
    } else {
      for (int i = 0; i < count; i++) {
        int to = yAt + i * stride;
        FloatVector.fromArray(S, y, to)
            .fma(FloatVector.broadcast(S, beta), FloatVector.fromArray(S, vectors, i * W))
            .intoArray(y, to);
      }
    }
  }

  static void weightedRows(
      float[] x,
      int xAt,
      int channels,
      int[] rows,
      float[] weights,
      int count,
      float beta,
      float[] y,
      int yAt) {
    int c = 0;
    for (; c + W <= channels; c += W) {
      FloatVector sum = FloatVector.zero(S);
      if (beta != 0f) {
        sum = FloatVector.fromArray(S, y, yAt + c).mul(beta);
      }
      for (int i = 0; i < count; i++) {
        sum =
            FloatVector.fromArray(S, x, xAt + rows[i] * channels + c)
                .fma(FloatVector.broadcast(S, weights[i]), sum);
      }
      sum.intoArray(y, yAt + c);
    }
    ScalarLanes.weightedRows(x, xAt, channels, c, rows, weights, count, beta, y, yAt);
  }
}
