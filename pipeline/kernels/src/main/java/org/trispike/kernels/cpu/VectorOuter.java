package org.trispike.kernels.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * W += xᵀ · y over gathered rows, register-blocked: a tile of W stays in registers over all pairs.
 *
 * <p>The methods outerRxV differ in the tile only: R columns of x times V vectors of columns of y.
 */
final class VectorOuter {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int W = S.length();
  private static final VectorSpecies<Float> HALF = FloatVector.SPECIES_256;
  private static final int H = HALF.length();

  private VectorOuter() {}

  static void outer(
      float[] x,
      int xAt,
      int xStride,
      int[] in,
      float[] y,
      int yAt,
      int n,
      int[] out,
      int from,
      int to,
      float[] w,
      int wAt,
      int first,
      int last) {
    int j = 0;
    for (; j + 4 * W <= n; j += 4 * W) {
      int i = first;
      for (; i + 4 <= last; i += 4) {
        outer4x4(x, xAt + i, xStride, in, y, yAt, n, j, out, from, to, w, wAt + i * n);
      }
      for (; i < last; i++) {
        for (int v = 0; v < 4; v++) {
          outer1x1(x, xAt + i, xStride, in, y, yAt, n, j + v * W, out, from, to, w, wAt + i * n);
        }
      }
    }
    for (; j + 2 * W <= n; j += 2 * W) {
      int i = first;
      for (; i + 8 <= last; i += 8) {
        outer8x2(x, xAt + i, xStride, in, y, yAt, n, j, out, from, to, w, wAt + i * n);
      }
      for (; i < last; i++) {
        outer1x1(x, xAt + i, xStride, in, y, yAt, n, j, out, from, to, w, wAt + i * n);
        outer1x1(x, xAt + i, xStride, in, y, yAt, n, j + W, out, from, to, w, wAt + i * n);
      }
    }
    for (; j + W <= n; j += W) {
      int i = first;
      for (; i + 16 <= last; i += 16) {
        outer16x1(x, xAt + i, xStride, in, y, yAt, n, j, out, from, to, w, wAt + i * n);
      }
      for (; i + 6 <= last; i += 6) {
        outer6x1(x, xAt + i, xStride, in, y, yAt, n, j, out, from, to, w, wAt + i * n);
      }
      for (; i < last; i++) {
        outer1x1(x, xAt + i, xStride, in, y, yAt, n, j, out, from, to, w, wAt + i * n);
      }
    }
    if (j < n) {
      tail(x, xAt, xStride, in, y, yAt, n, j, out, from, to, w, wAt, first, last);
    }
  }

  /** Fewer columns than a vector: half vectors, then plain loops. */
  private static void tail(
      float[] x,
      int xAt,
      int xStride,
      int[] in,
      float[] y,
      int yAt,
      int n,
      int column,
      int[] out,
      int from,
      int to,
      float[] w,
      int wAt,
      int first,
      int last) {
    int j = column;
    if (W > H && j + H <= n) {
      for (int i = first; i < last; i++) {
        FloatVector a = FloatVector.fromArray(HALF, w, wAt + i * n + j);
        for (int p = from; p < to; p++) {
          a =
              FloatVector.broadcast(HALF, x[xAt + in[p] * xStride + i])
                  .fma(FloatVector.fromArray(HALF, y, yAt + out[p] * n + j), a);
        }
        a.intoArray(w, wAt + i * n + j);
      }
      j += H;
    }
    ScalarLanes.outer(x, xAt, xStride, in, y, yAt, n, j, out, from, to, w, wAt, first, last);
  }

  private static void outer4x4(
      float[] x,
      int xAt,
      int xStride,
      int[] in,
      float[] y,
      int yAt,
      int n,
      int j,
      int[] out,
      int from,
      int to,
      float[] w,
      int wAt) {
    int w0 = wAt + j;
    int w1 = wAt + n + j;
    int w2 = wAt + 2 * n + j;
    int w3 = wAt + 3 * n + j;
    FloatVector a00 = FloatVector.fromArray(S, w, w0);
    FloatVector a01 = FloatVector.fromArray(S, w, w0 + W);
    FloatVector a02 = FloatVector.fromArray(S, w, w0 + 2 * W);
    FloatVector a03 = FloatVector.fromArray(S, w, w0 + 3 * W);
    FloatVector a10 = FloatVector.fromArray(S, w, w1);
    FloatVector a11 = FloatVector.fromArray(S, w, w1 + W);
    FloatVector a12 = FloatVector.fromArray(S, w, w1 + 2 * W);
    FloatVector a13 = FloatVector.fromArray(S, w, w1 + 3 * W);
    FloatVector a20 = FloatVector.fromArray(S, w, w2);
    FloatVector a21 = FloatVector.fromArray(S, w, w2 + W);
    FloatVector a22 = FloatVector.fromArray(S, w, w2 + 2 * W);
    FloatVector a23 = FloatVector.fromArray(S, w, w2 + 3 * W);
    FloatVector a30 = FloatVector.fromArray(S, w, w3);
    FloatVector a31 = FloatVector.fromArray(S, w, w3 + W);
    FloatVector a32 = FloatVector.fromArray(S, w, w3 + 2 * W);
    FloatVector a33 = FloatVector.fromArray(S, w, w3 + 3 * W);
    for (int p = from; p < to; p++) {
      int xi = xAt + in[p] * xStride;
      int yi = yAt + out[p] * n + j;
      FloatVector g0 = FloatVector.fromArray(S, y, yi);
      FloatVector g1 = FloatVector.fromArray(S, y, yi + W);
      FloatVector g2 = FloatVector.fromArray(S, y, yi + 2 * W);
      FloatVector g3 = FloatVector.fromArray(S, y, yi + 3 * W);
      FloatVector b0 = FloatVector.broadcast(S, x[xi]);
      a00 = b0.fma(g0, a00);
      a01 = b0.fma(g1, a01);
      a02 = b0.fma(g2, a02);
      a03 = b0.fma(g3, a03);
      FloatVector b1 = FloatVector.broadcast(S, x[xi + 1]);
      a10 = b1.fma(g0, a10);
      a11 = b1.fma(g1, a11);
      a12 = b1.fma(g2, a12);
      a13 = b1.fma(g3, a13);
      FloatVector b2 = FloatVector.broadcast(S, x[xi + 2]);
      a20 = b2.fma(g0, a20);
      a21 = b2.fma(g1, a21);
      a22 = b2.fma(g2, a22);
      a23 = b2.fma(g3, a23);
      FloatVector b3 = FloatVector.broadcast(S, x[xi + 3]);
      a30 = b3.fma(g0, a30);
      a31 = b3.fma(g1, a31);
      a32 = b3.fma(g2, a32);
      a33 = b3.fma(g3, a33);
    }
    a00.intoArray(w, w0);
    a01.intoArray(w, w0 + W);
    a02.intoArray(w, w0 + 2 * W);
    a03.intoArray(w, w0 + 3 * W);
    a10.intoArray(w, w1);
    a11.intoArray(w, w1 + W);
    a12.intoArray(w, w1 + 2 * W);
    a13.intoArray(w, w1 + 3 * W);
    a20.intoArray(w, w2);
    a21.intoArray(w, w2 + W);
    a22.intoArray(w, w2 + 2 * W);
    a23.intoArray(w, w2 + 3 * W);
    a30.intoArray(w, w3);
    a31.intoArray(w, w3 + W);
    a32.intoArray(w, w3 + 2 * W);
    a33.intoArray(w, w3 + 3 * W);
  }

  private static void outer8x2(
      float[] x,
      int xAt,
      int xStride,
      int[] in,
      float[] y,
      int yAt,
      int n,
      int j,
      int[] out,
      int from,
      int to,
      float[] w,
      int wAt) {
    int w0 = wAt + j;
    int w1 = wAt + n + j;
    int w2 = wAt + 2 * n + j;
    int w3 = wAt + 3 * n + j;
    int w4 = wAt + 4 * n + j;
    int w5 = wAt + 5 * n + j;
    int w6 = wAt + 6 * n + j;
    int w7 = wAt + 7 * n + j;
    FloatVector a00 = FloatVector.fromArray(S, w, w0);
    FloatVector a01 = FloatVector.fromArray(S, w, w0 + W);
    FloatVector a10 = FloatVector.fromArray(S, w, w1);
    FloatVector a11 = FloatVector.fromArray(S, w, w1 + W);
    FloatVector a20 = FloatVector.fromArray(S, w, w2);
    FloatVector a21 = FloatVector.fromArray(S, w, w2 + W);
    FloatVector a30 = FloatVector.fromArray(S, w, w3);
    FloatVector a31 = FloatVector.fromArray(S, w, w3 + W);
    FloatVector a40 = FloatVector.fromArray(S, w, w4);
    FloatVector a41 = FloatVector.fromArray(S, w, w4 + W);
    FloatVector a50 = FloatVector.fromArray(S, w, w5);
    FloatVector a51 = FloatVector.fromArray(S, w, w5 + W);
    FloatVector a60 = FloatVector.fromArray(S, w, w6);
    FloatVector a61 = FloatVector.fromArray(S, w, w6 + W);
    FloatVector a70 = FloatVector.fromArray(S, w, w7);
    FloatVector a71 = FloatVector.fromArray(S, w, w7 + W);
    for (int p = from; p < to; p++) {
      int xi = xAt + in[p] * xStride;
      int yi = yAt + out[p] * n + j;
      FloatVector g0 = FloatVector.fromArray(S, y, yi);
      FloatVector g1 = FloatVector.fromArray(S, y, yi + W);
      FloatVector b0 = FloatVector.broadcast(S, x[xi]);
      a00 = b0.fma(g0, a00);
      a01 = b0.fma(g1, a01);
      FloatVector b1 = FloatVector.broadcast(S, x[xi + 1]);
      a10 = b1.fma(g0, a10);
      a11 = b1.fma(g1, a11);
      FloatVector b2 = FloatVector.broadcast(S, x[xi + 2]);
      a20 = b2.fma(g0, a20);
      a21 = b2.fma(g1, a21);
      FloatVector b3 = FloatVector.broadcast(S, x[xi + 3]);
      a30 = b3.fma(g0, a30);
      a31 = b3.fma(g1, a31);
      FloatVector b4 = FloatVector.broadcast(S, x[xi + 4]);
      a40 = b4.fma(g0, a40);
      a41 = b4.fma(g1, a41);
      FloatVector b5 = FloatVector.broadcast(S, x[xi + 5]);
      a50 = b5.fma(g0, a50);
      a51 = b5.fma(g1, a51);
      FloatVector b6 = FloatVector.broadcast(S, x[xi + 6]);
      a60 = b6.fma(g0, a60);
      a61 = b6.fma(g1, a61);
      FloatVector b7 = FloatVector.broadcast(S, x[xi + 7]);
      a70 = b7.fma(g0, a70);
      a71 = b7.fma(g1, a71);
    }
    a00.intoArray(w, w0);
    a01.intoArray(w, w0 + W);
    a10.intoArray(w, w1);
    a11.intoArray(w, w1 + W);
    a20.intoArray(w, w2);
    a21.intoArray(w, w2 + W);
    a30.intoArray(w, w3);
    a31.intoArray(w, w3 + W);
    a40.intoArray(w, w4);
    a41.intoArray(w, w4 + W);
    a50.intoArray(w, w5);
    a51.intoArray(w, w5 + W);
    a60.intoArray(w, w6);
    a61.intoArray(w, w6 + W);
    a70.intoArray(w, w7);
    a71.intoArray(w, w7 + W);
  }

  private static void outer16x1(
      float[] x,
      int xAt,
      int xStride,
      int[] in,
      float[] y,
      int yAt,
      int n,
      int j,
      int[] out,
      int from,
      int to,
      float[] w,
      int wAt) {
    int w0 = wAt + j;
    int w1 = wAt + n + j;
    int w2 = wAt + 2 * n + j;
    int w3 = wAt + 3 * n + j;
    int w4 = wAt + 4 * n + j;
    int w5 = wAt + 5 * n + j;
    int w6 = wAt + 6 * n + j;
    int w7 = wAt + 7 * n + j;
    int w8 = wAt + 8 * n + j;
    int w9 = wAt + 9 * n + j;
    int w10 = wAt + 10 * n + j;
    int w11 = wAt + 11 * n + j;
    int w12 = wAt + 12 * n + j;
    int w13 = wAt + 13 * n + j;
    int w14 = wAt + 14 * n + j;
    int w15 = wAt + 15 * n + j;
    FloatVector a00 = FloatVector.fromArray(S, w, w0);
    FloatVector a10 = FloatVector.fromArray(S, w, w1);
    FloatVector a20 = FloatVector.fromArray(S, w, w2);
    FloatVector a30 = FloatVector.fromArray(S, w, w3);
    FloatVector a40 = FloatVector.fromArray(S, w, w4);
    FloatVector a50 = FloatVector.fromArray(S, w, w5);
    FloatVector a60 = FloatVector.fromArray(S, w, w6);
    FloatVector a70 = FloatVector.fromArray(S, w, w7);
    FloatVector a80 = FloatVector.fromArray(S, w, w8);
    FloatVector a90 = FloatVector.fromArray(S, w, w9);
    FloatVector a100 = FloatVector.fromArray(S, w, w10);
    FloatVector a110 = FloatVector.fromArray(S, w, w11);
    FloatVector a120 = FloatVector.fromArray(S, w, w12);
    FloatVector a130 = FloatVector.fromArray(S, w, w13);
    FloatVector a140 = FloatVector.fromArray(S, w, w14);
    FloatVector a150 = FloatVector.fromArray(S, w, w15);
    for (int p = from; p < to; p++) {
      int xi = xAt + in[p] * xStride;
      int yi = yAt + out[p] * n + j;
      FloatVector g0 = FloatVector.fromArray(S, y, yi);
      FloatVector b0 = FloatVector.broadcast(S, x[xi]);
      a00 = b0.fma(g0, a00);
      FloatVector b1 = FloatVector.broadcast(S, x[xi + 1]);
      a10 = b1.fma(g0, a10);
      FloatVector b2 = FloatVector.broadcast(S, x[xi + 2]);
      a20 = b2.fma(g0, a20);
      FloatVector b3 = FloatVector.broadcast(S, x[xi + 3]);
      a30 = b3.fma(g0, a30);
      FloatVector b4 = FloatVector.broadcast(S, x[xi + 4]);
      a40 = b4.fma(g0, a40);
      FloatVector b5 = FloatVector.broadcast(S, x[xi + 5]);
      a50 = b5.fma(g0, a50);
      FloatVector b6 = FloatVector.broadcast(S, x[xi + 6]);
      a60 = b6.fma(g0, a60);
      FloatVector b7 = FloatVector.broadcast(S, x[xi + 7]);
      a70 = b7.fma(g0, a70);
      FloatVector b8 = FloatVector.broadcast(S, x[xi + 8]);
      a80 = b8.fma(g0, a80);
      FloatVector b9 = FloatVector.broadcast(S, x[xi + 9]);
      a90 = b9.fma(g0, a90);
      FloatVector b10 = FloatVector.broadcast(S, x[xi + 10]);
      a100 = b10.fma(g0, a100);
      FloatVector b11 = FloatVector.broadcast(S, x[xi + 11]);
      a110 = b11.fma(g0, a110);
      FloatVector b12 = FloatVector.broadcast(S, x[xi + 12]);
      a120 = b12.fma(g0, a120);
      FloatVector b13 = FloatVector.broadcast(S, x[xi + 13]);
      a130 = b13.fma(g0, a130);
      FloatVector b14 = FloatVector.broadcast(S, x[xi + 14]);
      a140 = b14.fma(g0, a140);
      FloatVector b15 = FloatVector.broadcast(S, x[xi + 15]);
      a150 = b15.fma(g0, a150);
    }
    a00.intoArray(w, w0);
    a10.intoArray(w, w1);
    a20.intoArray(w, w2);
    a30.intoArray(w, w3);
    a40.intoArray(w, w4);
    a50.intoArray(w, w5);
    a60.intoArray(w, w6);
    a70.intoArray(w, w7);
    a80.intoArray(w, w8);
    a90.intoArray(w, w9);
    a100.intoArray(w, w10);
    a110.intoArray(w, w11);
    a120.intoArray(w, w12);
    a130.intoArray(w, w13);
    a140.intoArray(w, w14);
    a150.intoArray(w, w15);
  }

  private static void outer6x1(
      float[] x,
      int xAt,
      int xStride,
      int[] in,
      float[] y,
      int yAt,
      int n,
      int j,
      int[] out,
      int from,
      int to,
      float[] w,
      int wAt) {
    int w0 = wAt + j;
    int w1 = wAt + n + j;
    int w2 = wAt + 2 * n + j;
    int w3 = wAt + 3 * n + j;
    int w4 = wAt + 4 * n + j;
    int w5 = wAt + 5 * n + j;
    FloatVector a00 = FloatVector.fromArray(S, w, w0);
    FloatVector a10 = FloatVector.fromArray(S, w, w1);
    FloatVector a20 = FloatVector.fromArray(S, w, w2);
    FloatVector a30 = FloatVector.fromArray(S, w, w3);
    FloatVector a40 = FloatVector.fromArray(S, w, w4);
    FloatVector a50 = FloatVector.fromArray(S, w, w5);
    for (int p = from; p < to; p++) {
      int xi = xAt + in[p] * xStride;
      int yi = yAt + out[p] * n + j;
      FloatVector g0 = FloatVector.fromArray(S, y, yi);
      FloatVector b0 = FloatVector.broadcast(S, x[xi]);
      a00 = b0.fma(g0, a00);
      FloatVector b1 = FloatVector.broadcast(S, x[xi + 1]);
      a10 = b1.fma(g0, a10);
      FloatVector b2 = FloatVector.broadcast(S, x[xi + 2]);
      a20 = b2.fma(g0, a20);
      FloatVector b3 = FloatVector.broadcast(S, x[xi + 3]);
      a30 = b3.fma(g0, a30);
      FloatVector b4 = FloatVector.broadcast(S, x[xi + 4]);
      a40 = b4.fma(g0, a40);
      FloatVector b5 = FloatVector.broadcast(S, x[xi + 5]);
      a50 = b5.fma(g0, a50);
    }
    a00.intoArray(w, w0);
    a10.intoArray(w, w1);
    a20.intoArray(w, w2);
    a30.intoArray(w, w3);
    a40.intoArray(w, w4);
    a50.intoArray(w, w5);
  }

  private static void outer1x1(
      float[] x,
      int xAt,
      int xStride,
      int[] in,
      float[] y,
      int yAt,
      int n,
      int j,
      int[] out,
      int from,
      int to,
      float[] w,
      int wAt) {
    int w0 = wAt + j;
    FloatVector a00 = FloatVector.fromArray(S, w, w0);
    for (int p = from; p < to; p++) {
      int xi = xAt + in[p] * xStride;
      int yi = yAt + out[p] * n + j;
      FloatVector g0 = FloatVector.fromArray(S, y, yi);
      FloatVector b0 = FloatVector.broadcast(S, x[xi]);
      a00 = b0.fma(g0, a00);
    }
    a00.intoArray(w, w0);
  }
}
