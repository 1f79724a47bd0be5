package org.trispike.kernels.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * y[out] += x[in] · W for few columns: a tile of W stays in registers and the pairs pass.
 *
 * <p>With 16 columns, keeping rows of y in registers, as {@link VectorRows} does, would load as
 * much as it multiplies. The methods tileK and tileKxV hold K rows of W of one or V vectors.
 */
final class VectorTiles {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private VectorTiles() {}

  static void tile1(Gather x, int i, float[] w, int wAt, Gather y, int j, int from, int to) {
    FloatVector w0 = FloatVector.fromArray(S, w, wAt);
    for (int p = from; p < to; p++) {
      int yp = y.row(p) + j;
      FloatVector.broadcast(S, x.values()[x.row(p) + i])
          .fma(w0, FloatVector.fromArray(S, y.values(), yp))
          .intoArray(y.values(), yp);
    }
  }

  static void tile16(
      Gather x, int i, float[] w, int wAt, int wStride, Gather y, int j, int from, int to) {
    float[] xs = x.values();
    float[] ys = y.values();
    FloatVector w0 = FloatVector.fromArray(S, w, wAt);
    FloatVector w1 = FloatVector.fromArray(S, w, wAt + wStride);
    FloatVector w2 = FloatVector.fromArray(S, w, wAt + 2 * wStride);
    FloatVector w3 = FloatVector.fromArray(S, w, wAt + 3 * wStride);
    FloatVector w4 = FloatVector.fromArray(S, w, wAt + 4 * wStride);
    FloatVector w5 = FloatVector.fromArray(S, w, wAt + 5 * wStride);
    FloatVector w6 = FloatVector.fromArray(S, w, wAt + 6 * wStride);
    FloatVector w7 = FloatVector.fromArray(S, w, wAt + 7 * wStride);
    FloatVector w8 = FloatVector.fromArray(S, w, wAt + 8 * wStride);
    FloatVector w9 = FloatVector.fromArray(S, w, wAt + 9 * wStride);
    FloatVector w10 = FloatVector.fromArray(S, w, wAt + 10 * wStride);
    FloatVector w11 = FloatVector.fromArray(S, w, wAt + 11 * wStride);
    FloatVector w12 = FloatVector.fromArray(S, w, wAt + 12 * wStride);
    FloatVector w13 = FloatVector.fromArray(S, w, wAt + 13 * wStride);
    FloatVector w14 = FloatVector.fromArray(S, w, wAt + 14 * wStride);
    FloatVector w15 = FloatVector.fromArray(S, w, wAt + 15 * wStride);
    for (int p = from; p < to; p++) {
      int xp = x.row(p) + i;
      int yp = y.row(p) + j;
      FloatVector even = FloatVector.broadcast(S, xs[xp]).fma(w0, FloatVector.fromArray(S, ys, yp));
      FloatVector odd = FloatVector.broadcast(S, xs[xp + 1]).mul(w1);
      even = FloatVector.broadcast(S, xs[xp + 2]).fma(w2, even);
      odd = FloatVector.broadcast(S, xs[xp + 3]).fma(w3, odd);
      even = FloatVector.broadcast(S, xs[xp + 4]).fma(w4, even);
      odd = FloatVector.broadcast(S, xs[xp + 5]).fma(w5, odd);
      even = FloatVector.broadcast(S, xs[xp + 6]).fma(w6, even);
      odd = FloatVector.broadcast(S, xs[xp + 7]).fma(w7, odd);
      even = FloatVector.broadcast(S, xs[xp + 8]).fma(w8, even);
      odd = FloatVector.broadcast(S, xs[xp + 9]).fma(w9, odd);
      even = FloatVector.broadcast(S, xs[xp + 10]).fma(w10, even);
      odd = FloatVector.broadcast(S, xs[xp + 11]).fma(w11, odd);
      even = FloatVector.broadcast(S, xs[xp + 12]).fma(w12, even);
      odd = FloatVector.broadcast(S, xs[xp + 13]).fma(w13, odd);
      even = FloatVector.broadcast(S, xs[xp + 14]).fma(w14, even);
      odd = FloatVector.broadcast(S, xs[xp + 15]).fma(w15, odd);
      even.add(odd).intoArray(ys, yp);
    }
  }

  static void tile6(
      Gather x, int i, float[] w, int wAt, int wStride, Gather y, int j, int from, int to) {
    float[] xs = x.values();
    float[] ys = y.values();
    FloatVector w0 = FloatVector.fromArray(S, w, wAt);
    FloatVector w1 = FloatVector.fromArray(S, w, wAt + wStride);
    FloatVector w2 = FloatVector.fromArray(S, w, wAt + 2 * wStride);
    FloatVector w3 = FloatVector.fromArray(S, w, wAt + 3 * wStride);
    FloatVector w4 = FloatVector.fromArray(S, w, wAt + 4 * wStride);
    FloatVector w5 = FloatVector.fromArray(S, w, wAt + 5 * wStride);
    for (int p = from; p < to; p++) {
      int xp = x.row(p) + i;
      int yp = y.row(p) + j;
      FloatVector even = FloatVector.broadcast(S, xs[xp]).fma(w0, FloatVector.fromArray(S, ys, yp));
      FloatVector odd = FloatVector.broadcast(S, xs[xp + 1]).mul(w1);
      even = FloatVector.broadcast(S, xs[xp + 2]).fma(w2, even);
      odd = FloatVector.broadcast(S, xs[xp + 3]).fma(w3, odd);
      even = FloatVector.broadcast(S, xs[xp + 4]).fma(w4, even);
      odd = FloatVector.broadcast(S, xs[xp + 5]).fma(w5, odd);
      even.add(odd).intoArray(ys, yp);
    }
  }

  static void tile2(
      Gather x, int i, float[] w, int wAt, int wStride, Gather y, int j, int from, int to) {
    float[] xs = x.values();
    float[] ys = y.values();
    FloatVector w0 = FloatVector.fromArray(S, w, wAt);
    FloatVector w1 = FloatVector.fromArray(S, w, wAt + wStride);
    for (int p = from; p < to; p++) {
      int xp = x.row(p) + i;
      int yp = y.row(p) + j;
      FloatVector even = FloatVector.broadcast(S, xs[xp]).fma(w0, FloatVector.fromArray(S, ys, yp));
      FloatVector odd = FloatVector.broadcast(S, xs[xp + 1]).mul(w1);
      even.add(odd).intoArray(ys, yp);
    }
  }

  static void tile8x2(
      Gather x,
      int i,
      float[] w,
      int wAt,
      int wStride,
      Gather y,
      int j,
      int gap,
      int from,
      int to) {
    float[] xs = x.values();
    float[] ys = y.values();
    FloatVector w0 = FloatVector.fromArray(S, w, wAt);
    FloatVector v0 = FloatVector.fromArray(S, w, wAt + gap);
    FloatVector w1 = FloatVector.fromArray(S, w, wAt + wStride);
    FloatVector v1 = FloatVector.fromArray(S, w, wAt + wStride + gap);
    FloatVector w2 = FloatVector.fromArray(S, w, wAt + 2 * wStride);
    FloatVector v2 = FloatVector.fromArray(S, w, wAt + 2 * wStride + gap);
    FloatVector w3 = FloatVector.fromArray(S, w, wAt + 3 * wStride);
    FloatVector v3 = FloatVector.fromArray(S, w, wAt + 3 * wStride + gap);
    FloatVector w4 = FloatVector.fromArray(S, w, wAt + 4 * wStride);
    FloatVector v4 = FloatVector.fromArray(S, w, wAt + 4 * wStride + gap);
    FloatVector w5 = FloatVector.fromArray(S, w, wAt + 5 * wStride);
    FloatVector v5 = FloatVector.fromArray(S, w, wAt + 5 * wStride + gap);
    FloatVector w6 = FloatVector.fromArray(S, w, wAt + 6 * wStride);
    FloatVector v6 = FloatVector.fromArray(S, w, wAt + 6 * wStride + gap);
    FloatVector w7 = FloatVector.fromArray(S, w, wAt + 7 * wStride);
    FloatVector v7 = FloatVector.fromArray(S, w, wAt + 7 * wStride + gap);
    for (int p = from; p < to; p++) {
      int xp = x.row(p) + i;
      int yp = y.row(p) + j;
      FloatVector left = FloatVector.fromArray(S, ys, yp);
      FloatVector right = FloatVector.fromArray(S, ys, yp + gap);
      FloatVector b0 = FloatVector.broadcast(S, xs[xp]);
      left = b0.fma(w0, left);
      right = b0.fma(v0, right);
      FloatVector b1 = FloatVector.broadcast(S, xs[xp + 1]);
      left = b1.fma(w1, left);
      right = b1.fma(v1, right);
      FloatVector b2 = FloatVector.broadcast(S, xs[xp + 2]);
      left = b2.fma(w2, left);
      right = b2.fma(v2, right);
      FloatVector b3 = FloatVector.broadcast(S, xs[xp + 3]);
      left = b3.fma(w3, left);
      right = b3.fma(v3, right);
      FloatVector b4 = FloatVector.broadcast(S, xs[xp + 4]);
      left = b4.fma(w4, left);
      right = b4.fma(v4, right);
      FloatVector b5 = FloatVector.broadcast(S, xs[xp + 5]);
      left = b5.fma(w5, left);
      right = b5.fma(v5, right);
      FloatVector b6 = FloatVector.broadcast(S, xs[xp + 6]);
      left = b6.fma(w6, left);
      right = b6.fma(v6, right);
      FloatVector b7 = FloatVector.broadcast(S, xs[xp + 7]);
      left = b7.fma(w7, left);
      right = b7.fma(v7, right);
      left.intoArray(ys, yp);
      right.intoArray(ys, yp + gap);
    }
  }
}
