package org.trispike.kernels.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * y[out] += x[in] · W, register-blocked: R gathered rows times V vectors of columns are kept in
 * registers over the whole inner dimension, so that each weight is loaded once for R rows.
 *
 * <p>The methods rowsRxV differ in the block only; they are written out because accumulators must
 * be local variables to live in registers. 16 of 32 AVX-512 registers accumulate.
 */
final class VectorRows {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int W = S.length();
  private static final VectorSpecies<Float> HALF = FloatVector.SPECIES_256;
  private static final int H = HALF.length();

  private VectorRows() {}

  static void rows(
      float[] x,
      int xAt,
      int xStride,
      int[] in,
      float[] w,
      int wAt,
      int k,
      int n,
      float[] y,
      int yAt,
      int[] out,
      int from,
      int to) {
    int j = 0;
    for (; j + 4 * W <= n; j += 4 * W) {
      int p = from;
      for (; p + 4 <= to; p += 4) {
        if (distinct(out, p, 4)) {
          rows4x4(x, xAt, xStride, in, w, wAt, k, n, j, y, yAt, out, p);
        } else {
          single(x, xAt, xStride, in, w, wAt, k, n, j, j + 4 * W, y, yAt, out, p, p + 4);
        }
      }
      single(x, xAt, xStride, in, w, wAt, k, n, j, j + 4 * W, y, yAt, out, p, to);
    }
    for (; j + 2 * W <= n; j += 2 * W) {
      int p = from;
      for (; p + 8 <= to; p += 8) {
        if (distinct(out, p, 8)) {
          rows8x2(x, xAt, xStride, in, w, wAt, k, n, j, y, yAt, out, p);
        } else {
          single(x, xAt, xStride, in, w, wAt, k, n, j, j + 2 * W, y, yAt, out, p, p + 8);
        }
      }
      single(x, xAt, xStride, in, w, wAt, k, n, j, j + 2 * W, y, yAt, out, p, to);
    }
    for (; j + W <= n; j += W) {
      int p = from;
      for (; p + 8 <= to; p += 8) {
        if (distinct(out, p, 8)) {
          rows8x1(x, xAt, xStride, in, w, wAt, k, n, j, y, yAt, out, p);
        } else {
          single(x, xAt, xStride, in, w, wAt, k, n, j, j + W, y, yAt, out, p, p + 8);
        }
      }
      single(x, xAt, xStride, in, w, wAt, k, n, j, j + W, y, yAt, out, p, to);
    }
    if (j < n) {
      tail(x, xAt, xStride, in, w, wAt, k, n, j, y, yAt, out, from, to);
    }
  }

  /** Equal rows stand side by side; in one block the later would overwrite the earlier. */
  private static boolean distinct(int[] out, int p, int count) {
    for (int i = p + 1; i < p + count; i++) {
      if (out[i] == out[i - 1]) {
        return false;
      }
    }
    return true;
  }

  private static void single(
      float[] x,
      int xAt,
      int xStride,
      int[] in,
      float[] w,
      int wAt,
      int k,
      int n,
      int columnFrom,
      int columnTo,
      float[] y,
      int yAt,
      int[] out,
      int from,
      int to) {
    for (int p = from; p < to; p++) {
      for (int j = columnFrom; j < columnTo; j += W) {
        rows1x1(x, xAt, xStride, in, w, wAt, k, n, j, y, yAt, out, p);
      }
    }
  }

  /** Fewer columns than a vector: half vectors, then plain loops. */
  private static void tail(
      float[] x,
      int xAt,
      int xStride,
      int[] in,
      float[] w,
      int wAt,
      int k,
      int n,
      int column,
      float[] y,
      int yAt,
      int[] out,
      int from,
      int to) {
    int j = column;
    if (W > H && j + H <= n) {
      for (int p = from; p < to; p++) {
        int xi = xAt + in[p] * xStride;
        int yi = yAt + out[p] * n + j;
        FloatVector a = FloatVector.fromArray(HALF, y, yi);
        for (int i = 0, wi = wAt + j; i < k; i++, wi += n) {
          a = FloatVector.broadcast(HALF, x[xi + i]).fma(FloatVector.fromArray(HALF, w, wi), a);
        }
        a.intoArray(y, yi);
      }
      j += H;
    }
    ScalarLanes.rows(x, xAt, xStride, in, w, wAt, k, n, j, y, yAt, out, from, to);
  }

  private static void rows4x4(
      float[] x,
      int xAt,
      int xStride,
      int[] in,
      float[] w,
      int wAt,
      int k,
      int n,
      int j,
      float[] y,
      int yAt,
      int[] out,
      int p) {
    int x0 = xAt + in[p + 0] * xStride;
    int x1 = xAt + in[p + 1] * xStride;
    int x2 = xAt + in[p + 2] * xStride;
    int x3 = xAt + in[p + 3] * xStride;
    int y0 = yAt + out[p + 0] * n + j;
    int y1 = yAt + out[p + 1] * n + j;
    int y2 = yAt + out[p + 2] * n + j;
    int y3 = yAt + out[p + 3] * n + j;
    FloatVector a00 = FloatVector.fromArray(S, y, y0);
    FloatVector a01 = FloatVector.fromArray(S, y, y0 + W);
    FloatVector a02 = FloatVector.fromArray(S, y, y0 + 2 * W);
    FloatVector a03 = FloatVector.fromArray(S, y, y0 + 3 * W);
    FloatVector a10 = FloatVector.fromArray(S, y, y1);
    FloatVector a11 = FloatVector.fromArray(S, y, y1 + W);
    FloatVector a12 = FloatVector.fromArray(S, y, y1 + 2 * W);
    FloatVector a13 = FloatVector.fromArray(S, y, y1 + 3 * W);
    FloatVector a20 = FloatVector.fromArray(S, y, y2);
    FloatVector a21 = FloatVector.fromArray(S, y, y2 + W);
    FloatVector a22 = FloatVector.fromArray(S, y, y2 + 2 * W);
    FloatVector a23 = FloatVector.fromArray(S, y, y2 + 3 * W);
    FloatVector a30 = FloatVector.fromArray(S, y, y3);
    FloatVector a31 = FloatVector.fromArray(S, y, y3 + W);
    FloatVector a32 = FloatVector.fromArray(S, y, y3 + 2 * W);
    FloatVector a33 = FloatVector.fromArray(S, y, y3 + 3 * W);
    int wi = wAt + j;
    for (int i = 0; i < k; i++, wi += n) {
      FloatVector w0 = FloatVector.fromArray(S, w, wi);
      FloatVector w1 = FloatVector.fromArray(S, w, wi + W);
      FloatVector w2 = FloatVector.fromArray(S, w, wi + 2 * W);
      FloatVector w3 = FloatVector.fromArray(S, w, wi + 3 * W);
      FloatVector b0 = FloatVector.broadcast(S, x[x0 + i]);
      a00 = b0.fma(w0, a00);
      a01 = b0.fma(w1, a01);
      a02 = b0.fma(w2, a02);
      a03 = b0.fma(w3, a03);
      FloatVector b1 = FloatVector.broadcast(S, x[x1 + i]);
      a10 = b1.fma(w0, a10);
      a11 = b1.fma(w1, a11);
      a12 = b1.fma(w2, a12);
      a13 = b1.fma(w3, a13);
      FloatVector b2 = FloatVector.broadcast(S, x[x2 + i]);
      a20 = b2.fma(w0, a20);
      a21 = b2.fma(w1, a21);
      a22 = b2.fma(w2, a22);
      a23 = b2.fma(w3, a23);
      FloatVector b3 = FloatVector.broadcast(S, x[x3 + i]);
      a30 = b3.fma(w0, a30);
      a31 = b3.fma(w1, a31);
      a32 = b3.fma(w2, a32);
      a33 = b3.fma(w3, a33);
    }
    a00.intoArray(y, y0);
    a01.intoArray(y, y0 + W);
    a02.intoArray(y, y0 + 2 * W);
    a03.intoArray(y, y0 + 3 * W);
    a10.intoArray(y, y1);
    a11.intoArray(y, y1 + W);
    a12.intoArray(y, y1 + 2 * W);
    a13.intoArray(y, y1 + 3 * W);
    a20.intoArray(y, y2);
    a21.intoArray(y, y2 + W);
    a22.intoArray(y, y2 + 2 * W);
    a23.intoArray(y, y2 + 3 * W);
    a30.intoArray(y, y3);
    a31.intoArray(y, y3 + W);
    a32.intoArray(y, y3 + 2 * W);
    a33.intoArray(y, y3 + 3 * W);
  }

  private static void rows8x2(
      float[] x,
      int xAt,
      int xStride,
      int[] in,
      float[] w,
      int wAt,
      int k,
      int n,
      int j,
      float[] y,
      int yAt,
      int[] out,
      int p) {
    int x0 = xAt + in[p + 0] * xStride;
    int x1 = xAt + in[p + 1] * xStride;
    int x2 = xAt + in[p + 2] * xStride;
    int x3 = xAt + in[p + 3] * xStride;
    int x4 = xAt + in[p + 4] * xStride;
    int x5 = xAt + in[p + 5] * xStride;
    int x6 = xAt + in[p + 6] * xStride;
    int x7 = xAt + in[p + 7] * xStride;
    int y0 = yAt + out[p + 0] * n + j;
    int y1 = yAt + out[p + 1] * n + j;
    int y2 = yAt + out[p + 2] * n + j;
    int y3 = yAt + out[p + 3] * n + j;
    int y4 = yAt + out[p + 4] * n + j;
    int y5 = yAt + out[p + 5] * n + j;
    int y6 = yAt + out[p + 6] * n + j;
    int y7 = yAt + out[p + 7] * n + j;
    FloatVector a00 = FloatVector.fromArray(S, y, y0);
    FloatVector a01 = FloatVector.fromArray(S, y, y0 + W);
    FloatVector a10 = FloatVector.fromArray(S, y, y1);
    FloatVector a11 = FloatVector.fromArray(S, y, y1 + W);
    FloatVector a20 = FloatVector.fromArray(S, y, y2);
    FloatVector a21 = FloatVector.fromArray(S, y, y2 + W);
    FloatVector a30 = FloatVector.fromArray(S, y, y3);
    FloatVector a31 = FloatVector.fromArray(S, y, y3 + W);
    FloatVector a40 = FloatVector.fromArray(S, y, y4);
    FloatVector a41 = FloatVector.fromArray(S, y, y4 + W);
    FloatVector a50 = FloatVector.fromArray(S, y, y5);
    FloatVector a51 = FloatVector.fromArray(S, y, y5 + W);
    FloatVector a60 = FloatVector.fromArray(S, y, y6);
    FloatVector a61 = FloatVector.fromArray(S, y, y6 + W);
    FloatVector a70 = FloatVector.fromArray(S, y, y7);
    FloatVector a71 = FloatVector.fromArray(S, y, y7 + W);
    int wi = wAt + j;
    for (int i = 0; i < k; i++, wi += n) {
      FloatVector w0 = FloatVector.fromArray(S, w, wi);
      FloatVector w1 = FloatVector.fromArray(S, w, wi + W);
      FloatVector b0 = FloatVector.broadcast(S, x[x0 + i]);
      a00 = b0.fma(w0, a00);
      a01 = b0.fma(w1, a01);
      FloatVector b1 = FloatVector.broadcast(S, x[x1 + i]);
      a10 = b1.fma(w0, a10);
      a11 = b1.fma(w1, a11);
      FloatVector b2 = FloatVector.broadcast(S, x[x2 + i]);
      a20 = b2.fma(w0, a20);
      a21 = b2.fma(w1, a21);
      FloatVector b3 = FloatVector.broadcast(S, x[x3 + i]);
      a30 = b3.fma(w0, a30);
      a31 = b3.fma(w1, a31);
      FloatVector b4 = FloatVector.broadcast(S, x[x4 + i]);
      a40 = b4.fma(w0, a40);
      a41 = b4.fma(w1, a41);
      FloatVector b5 = FloatVector.broadcast(S, x[x5 + i]);
      a50 = b5.fma(w0, a50);
      a51 = b5.fma(w1, a51);
      FloatVector b6 = FloatVector.broadcast(S, x[x6 + i]);
      a60 = b6.fma(w0, a60);
      a61 = b6.fma(w1, a61);
      FloatVector b7 = FloatVector.broadcast(S, x[x7 + i]);
      a70 = b7.fma(w0, a70);
      a71 = b7.fma(w1, a71);
    }
    a00.intoArray(y, y0);
    a01.intoArray(y, y0 + W);
    a10.intoArray(y, y1);
    a11.intoArray(y, y1 + W);
    a20.intoArray(y, y2);
    a21.intoArray(y, y2 + W);
    a30.intoArray(y, y3);
    a31.intoArray(y, y3 + W);
    a40.intoArray(y, y4);
    a41.intoArray(y, y4 + W);
    a50.intoArray(y, y5);
    a51.intoArray(y, y5 + W);
    a60.intoArray(y, y6);
    a61.intoArray(y, y6 + W);
    a70.intoArray(y, y7);
    a71.intoArray(y, y7 + W);
  }

  private static void rows8x1(
      float[] x,
      int xAt,
      int xStride,
      int[] in,
      float[] w,
      int wAt,
      int k,
      int n,
      int j,
      float[] y,
      int yAt,
      int[] out,
      int p) {
    int x0 = xAt + in[p + 0] * xStride;
    int x1 = xAt + in[p + 1] * xStride;
    int x2 = xAt + in[p + 2] * xStride;
    int x3 = xAt + in[p + 3] * xStride;
    int x4 = xAt + in[p + 4] * xStride;
    int x5 = xAt + in[p + 5] * xStride;
    int x6 = xAt + in[p + 6] * xStride;
    int x7 = xAt + in[p + 7] * xStride;
    int y0 = yAt + out[p + 0] * n + j;
    int y1 = yAt + out[p + 1] * n + j;
    int y2 = yAt + out[p + 2] * n + j;
    int y3 = yAt + out[p + 3] * n + j;
    int y4 = yAt + out[p + 4] * n + j;
    int y5 = yAt + out[p + 5] * n + j;
    int y6 = yAt + out[p + 6] * n + j;
    int y7 = yAt + out[p + 7] * n + j;
    FloatVector a00 = FloatVector.fromArray(S, y, y0);
    FloatVector a10 = FloatVector.fromArray(S, y, y1);
    FloatVector a20 = FloatVector.fromArray(S, y, y2);
    FloatVector a30 = FloatVector.fromArray(S, y, y3);
    FloatVector a40 = FloatVector.fromArray(S, y, y4);
    FloatVector a50 = FloatVector.fromArray(S, y, y5);
    FloatVector a60 = FloatVector.fromArray(S, y, y6);
    FloatVector a70 = FloatVector.fromArray(S, y, y7);
    int wi = wAt + j;
    for (int i = 0; i < k; i++, wi += n) {
      FloatVector w0 = FloatVector.fromArray(S, w, wi);
      FloatVector b0 = FloatVector.broadcast(S, x[x0 + i]);
      a00 = b0.fma(w0, a00);
      FloatVector b1 = FloatVector.broadcast(S, x[x1 + i]);
      a10 = b1.fma(w0, a10);
      FloatVector b2 = FloatVector.broadcast(S, x[x2 + i]);
      a20 = b2.fma(w0, a20);
      FloatVector b3 = FloatVector.broadcast(S, x[x3 + i]);
      a30 = b3.fma(w0, a30);
      FloatVector b4 = FloatVector.broadcast(S, x[x4 + i]);
      a40 = b4.fma(w0, a40);
      FloatVector b5 = FloatVector.broadcast(S, x[x5 + i]);
      a50 = b5.fma(w0, a50);
      FloatVector b6 = FloatVector.broadcast(S, x[x6 + i]);
      a60 = b6.fma(w0, a60);
      FloatVector b7 = FloatVector.broadcast(S, x[x7 + i]);
      a70 = b7.fma(w0, a70);
    }
    a00.intoArray(y, y0);
    a10.intoArray(y, y1);
    a20.intoArray(y, y2);
    a30.intoArray(y, y3);
    a40.intoArray(y, y4);
    a50.intoArray(y, y5);
    a60.intoArray(y, y6);
    a70.intoArray(y, y7);
  }

  private static void rows1x1(
      float[] x,
      int xAt,
      int xStride,
      int[] in,
      float[] w,
      int wAt,
      int k,
      int n,
      int j,
      float[] y,
      int yAt,
      int[] out,
      int p) {
    int x0 = xAt + in[p + 0] * xStride;
    int y0 = yAt + out[p + 0] * n + j;
    FloatVector a00 = FloatVector.fromArray(S, y, y0);
    int wi = wAt + j;
    for (int i = 0; i < k; i++, wi += n) {
      FloatVector w0 = FloatVector.fromArray(S, w, wi);
      FloatVector b0 = FloatVector.broadcast(S, x[x0 + i]);
      a00 = b0.fma(w0, a00);
    }
    a00.intoArray(y, y0);
  }
}
