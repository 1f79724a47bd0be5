package org.trispike.kernels.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * W += xᵀ · y over gathered rows, register-blocked: a tile of W stays in registers while a chunk of
 * pairs, short enough for its rows to stay in the first-level cache, passes.
 *
 * <p>Most goes by {@link VectorOuterPanels}. What is left over goes by methods outerRxV, which read
 * the rows where they are and differ in the tile only: R columns of x times V vectors of columns of
 * y. Overlapping vectors are as in {@link VectorRows}.
 */
final class VectorOuter {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int W = S.length();
  private static final boolean WIDE = W >= 16;

  /** Floats of x and y that one chunk of pairs touches in one pass over tiles. */
  private static final int CHUNK = 8192;

  private VectorOuter() {}

  static void outer(
      Gather x, int first, int last, Gather y, int n, int from, int to, float[] w, int wAt) {
    int whole = 0;
    while (whole < n && VectorRows.panel(n, whole) == Panels.COLUMNS) {
      whole += Panels.COLUMNS;
    }
    if (whole > 0) {
      int end = last - (last - first) % 4;
      VectorOuterPanels.outer(x, first, end, y, whole, n, from, to, w, wAt);
      for (int i = end; i < last; i++) {
        for (int j = 0; j < whole; j += 2 * W) {
          outer1x2(x, i, y, n, j, W, from, to, w, wAt);
        }
      }
    }
    int touched = Math.min(n, 4 * W) + Math.min(last - first, 4 * W);
    // Rows a large power of two apart share few cache sets.
    int chunk = Math.max(32, CHUNK / Math.max(touched, Math.max(x.stride(), y.stride())));
    for (int p = from; p < to; p += chunk) {
      int end = Math.min(to, p + chunk);
      for (int j = whole; j < n; ) {
        int width = VectorRows.panel(n, j);
        if (width > W) {
          panel2(x, first, last, y, n, j, width - W, p, end, w, wAt);
        } else if (width == W) {
          panel1(x, first, last, y, n, j, p, end, w, wAt);
        } else {
          ScalarLanes.outer(x, first, last, y, n, j, p, end, w, wAt);
        }
        j += width;
      }
    }
  }

  private static void panel2(
      Gather x,
      int first,
      int last,
      Gather y,
      int n,
      int j,
      int gap,
      int from,
      int to,
      float[] w,
      int wAt) {
    int i = first;
    for (; WIDE && i + 8 <= last; i += 8) {
      outer8x2(x, i, y, n, j, gap, from, to, w, wAt);
    }
    for (; i + 4 <= last; i += 4) {
      outer4x2(x, i, y, n, j, gap, from, to, w, wAt);
    }
    for (; i < last; i++) {
      outer1x2(x, i, y, n, j, gap, from, to, w, wAt);
    }
  }

  private static void panel1(
      Gather x, int first, int last, Gather y, int n, int j, int from, int to, float[] w, int wAt) {
    int i = first;
    for (; WIDE && i + 16 <= last; i += 16) {
      outer16x1(x, i, y, n, j, from, to, w, wAt);
    }
    for (; i + 6 <= last; i += 6) {
      outer6x1(x, i, y, n, j, from, to, w, wAt);
    }
    for (; i < last; i++) {
      outer1x1(x, i, y, n, j, from, to, w, wAt);
    }
  }

  private static void outer8x2(
      Gather x, int i, Gather y, int n, int j, int gap, int from, int to, float[] w, int wAt) {
    float[] xs = x.values();
    float[] ys = y.values();
    int w0 = wAt + i * n + j;
    int w1 = wAt + (i + 1) * n + j;
    int w2 = wAt + (i + 2) * n + j;
    int w3 = wAt + (i + 3) * n + j;
    int w4 = wAt + (i + 4) * n + j;
    int w5 = wAt + (i + 5) * n + j;
    int w6 = wAt + (i + 6) * n + j;
    int w7 = wAt + (i + 7) * n + j;
    FloatVector a00 = FloatVector.fromArray(S, w, w0);
    FloatVector a01 = FloatVector.fromArray(S, w, w0 + gap);
    FloatVector a10 = FloatVector.fromArray(S, w, w1);
    FloatVector a11 = FloatVector.fromArray(S, w, w1 + gap);
    FloatVector a20 = FloatVector.fromArray(S, w, w2);
    FloatVector a21 = FloatVector.fromArray(S, w, w2 + gap);
    FloatVector a30 = FloatVector.fromArray(S, w, w3);
    FloatVector a31 = FloatVector.fromArray(S, w, w3 + gap);
    FloatVector a40 = FloatVector.fromArray(S, w, w4);
    FloatVector a41 = FloatVector.fromArray(S, w, w4 + gap);
    FloatVector a50 = FloatVector.fromArray(S, w, w5);
    FloatVector a51 = FloatVector.fromArray(S, w, w5 + gap);
    FloatVector a60 = FloatVector.fromArray(S, w, w6);
    FloatVector a61 = FloatVector.fromArray(S, w, w6 + gap);
    FloatVector a70 = FloatVector.fromArray(S, w, w7);
    FloatVector a71 = FloatVector.fromArray(S, w, w7 + gap);
    for (int p = from; p < to; p++) {
      int xp = x.row(p) + i;
      int yp = y.row(p) + j;
      FloatVector g0 = FloatVector.fromArray(S, ys, yp);
      FloatVector g1 = FloatVector.fromArray(S, ys, yp + gap);
      FloatVector b0 = FloatVector.broadcast(S, xs[xp]);
      a00 = b0.fma(g0, a00);
      a01 = b0.fma(g1, a01);
      FloatVector b1 = FloatVector.broadcast(S, xs[xp + 1]);
      a10 = b1.fma(g0, a10);
      a11 = b1.fma(g1, a11);
      FloatVector b2 = FloatVector.broadcast(S, xs[xp + 2]);
      a20 = b2.fma(g0, a20);
      a21 = b2.fma(g1, a21);
      FloatVector b3 = FloatVector.broadcast(S, xs[xp + 3]);
      a30 = b3.fma(g0, a30);
      a31 = b3.fma(g1, a31);
      FloatVector b4 = FloatVector.broadcast(S, xs[xp + 4]);
      a40 = b4.fma(g0, a40);
      a41 = b4.fma(g1, a41);
      FloatVector b5 = FloatVector.broadcast(S, xs[xp + 5]);
      a50 = b5.fma(g0, a50);
      a51 = b5.fma(g1, a51);
      FloatVector b6 = FloatVector.broadcast(S, xs[xp + 6]);
      a60 = b6.fma(g0, a60);
      a61 = b6.fma(g1, a61);
      FloatVector b7 = FloatVector.broadcast(S, xs[xp + 7]);
      a70 = b7.fma(g0, a70);
      a71 = b7.fma(g1, a71);
    }
    a00.intoArray(w, w0);
    a01.intoArray(w, w0 + gap);
    a10.intoArray(w, w1);
    a11.intoArray(w, w1 + gap);
    a20.intoArray(w, w2);
    a21.intoArray(w, w2 + gap);
    a30.intoArray(w, w3);
    a31.intoArray(w, w3 + gap);
    a40.intoArray(w, w4);
    a41.intoArray(w, w4 + gap);
    a50.intoArray(w, w5);
    a51.intoArray(w, w5 + gap);
    a60.intoArray(w, w6);
    a61.intoArray(w, w6 + gap);
    a70.intoArray(w, w7);
    a71.intoArray(w, w7 + gap);
  }

  private static void outer4x2(
      Gather x, int i, Gather y, int n, int j, int gap, int from, int to, float[] w, int wAt) {
    float[] xs = x.values();
    float[] ys = y.values();
    int w0 = wAt + i * n + j;
    int w1 = wAt + (i + 1) * n + j;
    int w2 = wAt + (i + 2) * n + j;
    int w3 = wAt + (i + 3) * n + j;
    FloatVector a00 = FloatVector.fromArray(S, w, w0);
    FloatVector a01 = FloatVector.fromArray(S, w, w0 + gap);
    FloatVector a10 = FloatVector.fromArray(S, w, w1);
    FloatVector a11 = FloatVector.fromArray(S, w, w1 + gap);
    FloatVector a20 = FloatVector.fromArray(S, w, w2);
    FloatVector a21 = FloatVector.fromArray(S, w, w2 + gap);
    FloatVector a30 = FloatVector.fromArray(S, w, w3);
    FloatVector a31 = FloatVector.fromArray(S, w, w3 + gap);
    for (int p = from; p < to; p++) {
      int xp = x.row(p) + i;
      int yp = y.row(p) + j;
      FloatVector g0 = FloatVector.fromArray(S, ys, yp);
      FloatVector g1 = FloatVector.fromArray(S, ys, yp + gap);
      FloatVector b0 = FloatVector.broadcast(S, xs[xp]);
      a00 = b0.fma(g0, a00);
      a01 = b0.fma(g1, a01);
      FloatVector b1 = FloatVector.broadcast(S, xs[xp + 1]);
      a10 = b1.fma(g0, a10);
      a11 = b1.fma(g1, a11);
      FloatVector b2 = FloatVector.broadcast(S, xs[xp + 2]);
      a20 = b2.fma(g0, a20);
      a21 = b2.fma(g1, a21);
      FloatVector b3 = FloatVector.broadcast(S, xs[xp + 3]);
      a30 = b3.fma(g0, a30);
      a31 = b3.fma(g1, a31);
    }
    a00.intoArray(w, w0);
    a01.intoArray(w, w0 + gap);
    a10.intoArray(w, w1);
    a11.intoArray(w, w1 + gap);
    a20.intoArray(w, w2);
    a21.intoArray(w, w2 + gap);
    a30.intoArray(w, w3);
    a31.intoArray(w, w3 + gap);
  }

  private static void outer1x2(
      Gather x, int i, Gather y, int n, int j, int gap, int from, int to, float[] w, int wAt) {
    float[] xs = x.values();
    float[] ys = y.values();
    int w0 = wAt + i * n + j;
    FloatVector a00 = FloatVector.fromArray(S, w, w0);
    FloatVector a01 = FloatVector.fromArray(S, w, w0 + gap);
    for (int p = from; p < to; p++) {
      int xp = x.row(p) + i;
      int yp = y.row(p) + j;
      FloatVector g0 = FloatVector.fromArray(S, ys, yp);
      FloatVector g1 = FloatVector.fromArray(S, ys, yp + gap);
      FloatVector b0 = FloatVector.broadcast(S, xs[xp]);
      a00 = b0.fma(g0, a00);
      a01 = b0.fma(g1, a01);
    }
    a00.intoArray(w, w0);
    a01.intoArray(w, w0 + gap);
  }

  private static void outer16x1(
      Gather x, int i, Gather y, int n, int j, int from, int to, float[] w, int wAt) {
    float[] xs = x.values();
    float[] ys = y.values();
    int w0 = wAt + i * n + j;
    int w1 = wAt + (i + 1) * n + j;
    int w2 = wAt + (i + 2) * n + j;
    int w3 = wAt + (i + 3) * n + j;
    int w4 = wAt + (i + 4) * n + j;
    int w5 = wAt + (i + 5) * n + j;
    int w6 = wAt + (i + 6) * n + j;
    int w7 = wAt + (i + 7) * n + j;
    int w8 = wAt + (i + 8) * n + j;
    int w9 = wAt + (i + 9) * n + j;
    int w10 = wAt + (i + 10) * n + j;
    int w11 = wAt + (i + 11) * n + j;
    int w12 = wAt + (i + 12) * n + j;
    int w13 = wAt + (i + 13) * n + j;
    int w14 = wAt + (i + 14) * n + j;
    int w15 = wAt + (i + 15) * n + j;
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
      int xp = x.row(p) + i;
      int yp = y.row(p) + j;
      FloatVector g0 = FloatVector.fromArray(S, ys, yp);
      FloatVector b0 = FloatVector.broadcast(S, xs[xp]);
      a00 = b0.fma(g0, a00);
      FloatVector b1 = FloatVector.broadcast(S, xs[xp + 1]);
      a10 = b1.fma(g0, a10);
      FloatVector b2 = FloatVector.broadcast(S, xs[xp + 2]);
      a20 = b2.fma(g0, a20);
      FloatVector b3 = FloatVector.broadcast(S, xs[xp + 3]);
      a30 = b3.fma(g0, a30);
      FloatVector b4 = FloatVector.broadcast(S, xs[xp + 4]);
      a40 = b4.fma(g0, a40);
      FloatVector b5 = FloatVector.broadcast(S, xs[xp + 5]);
      a50 = b5.fma(g0, a50);
      FloatVector b6 = FloatVector.broadcast(S, xs[xp + 6]);
      a60 = b6.fma(g0, a60);
      FloatVector b7 = FloatVector.broadcast(S, xs[xp + 7]);
      a70 = b7.fma(g0, a70);
      FloatVector b8 = FloatVector.broadcast(S, xs[xp + 8]);
      a80 = b8.fma(g0, a80);
      FloatVector b9 = FloatVector.broadcast(S, xs[xp + 9]);
      a90 = b9.fma(g0, a90);
      FloatVector b10 = FloatVector.broadcast(S, xs[xp + 10]);
      a100 = b10.fma(g0, a100);
      FloatVector b11 = FloatVector.broadcast(S, xs[xp + 11]);
      a110 = b11.fma(g0, a110);
      FloatVector b12 = FloatVector.broadcast(S, xs[xp + 12]);
      a120 = b12.fma(g0, a120);
      FloatVector b13 = FloatVector.broadcast(S, xs[xp + 13]);
      a130 = b13.fma(g0, a130);
      FloatVector b14 = FloatVector.broadcast(S, xs[xp + 14]);
      a140 = b14.fma(g0, a140);
      FloatVector b15 = FloatVector.broadcast(S, xs[xp + 15]);
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
      Gather x, int i, Gather y, int n, int j, int from, int to, float[] w, int wAt) {
    float[] xs = x.values();
    float[] ys = y.values();
    int w0 = wAt + i * n + j;
    int w1 = wAt + (i + 1) * n + j;
    int w2 = wAt + (i + 2) * n + j;
    int w3 = wAt + (i + 3) * n + j;
    int w4 = wAt + (i + 4) * n + j;
    int w5 = wAt + (i + 5) * n + j;
    FloatVector a00 = FloatVector.fromArray(S, w, w0);
    FloatVector a10 = FloatVector.fromArray(S, w, w1);
    FloatVector a20 = FloatVector.fromArray(S, w, w2);
    FloatVector a30 = FloatVector.fromArray(S, w, w3);
    FloatVector a40 = FloatVector.fromArray(S, w, w4);
    FloatVector a50 = FloatVector.fromArray(S, w, w5);
    for (int p = from; p < to; p++) {
      int xp = x.row(p) + i;
      int yp = y.row(p) + j;
      FloatVector g0 = FloatVector.fromArray(S, ys, yp);
      FloatVector b0 = FloatVector.broadcast(S, xs[xp]);
      a00 = b0.fma(g0, a00);
      FloatVector b1 = FloatVector.broadcast(S, xs[xp + 1]);
      a10 = b1.fma(g0, a10);
      FloatVector b2 = FloatVector.broadcast(S, xs[xp + 2]);
      a20 = b2.fma(g0, a20);
      FloatVector b3 = FloatVector.broadcast(S, xs[xp + 3]);
      a30 = b3.fma(g0, a30);
      FloatVector b4 = FloatVector.broadcast(S, xs[xp + 4]);
      a40 = b4.fma(g0, a40);
      FloatVector b5 = FloatVector.broadcast(S, xs[xp + 5]);
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
      Gather x, int i, Gather y, int n, int j, int from, int to, float[] w, int wAt) {
    float[] xs = x.values();
    float[] ys = y.values();
    int w0 = wAt + i * n + j;
    FloatVector a00 = FloatVector.fromArray(S, w, w0);
    for (int p = from; p < to; p++) {
      int xp = x.row(p) + i;
      int yp = y.row(p) + j;
      FloatVector g0 = FloatVector.fromArray(S, ys, yp);
      FloatVector b0 = FloatVector.broadcast(S, xs[xp]);
      a00 = b0.fma(g0, a00);
    }
    a00.intoArray(w, w0);
  }
}
