package org.trispike.kernels.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * y[out] += x[in] · W, register-blocked.
 *
 * <p>The methods rowsRxV keep R gathered rows times V vectors of columns in registers over the
 * whole inner dimension, so that each weight is loaded once for R rows; few columns go by {@link
 * VectorTiles}. All are written out because only local variables live in registers: 16 of the 32 of
 * AVX-512 accumulate, 8 of the 16 of AVX2, whose sums begin at zero.
 *
 * <p>Columns that fill no whole vector are done by a last pair of vectors that overlap: both are
 * read before either is written, and both compute the same for what they share.
 */
final class VectorRows {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int W = S.length();
  private static final boolean WIDE = W >= 16;

  /** Pairs whose rows stay in the first-level cache while several tiles of weights pass. */
  private static final int CHUNK = 96;

  private VectorRows() {}

  /** Columns from which on the remaining ones, more than one vector, go as an overlapping pair. */
  static int wholeColumns(int n) {
    return n % W == 0 ? n : Math.max(0, n - n % W - W);
  }

  /** Columns of the panel that begins at column {@code j}: what one pass over the pairs does. */
  static int panel(int n, int j) {
    int left = wholeColumns(n) - j;
    if (left <= 0) {
      return n - j;
    }
    return WIDE && left >= 4 * W ? 4 * W : left >= 2 * W ? 2 * W : W;
  }

  static void rows(
      Gather x, float[] w, int wAt, boolean packed, int k, int n, Gather y, int from, int to) {
    for (int j = 0; j < n; ) {
      int width = panel(n, j);
      int at = packed ? wAt + k * j : wAt + j;
      int stride = packed ? width : n;
      if (width == 4 * W) {
        panel4(x, w, at, stride, k, y, j, from, to);
      } else if (width > W) {
        panel2(x, w, at, stride, k, y, j, width - W, from, to);
      } else if (width == W) {
        panel1(x, w, at, stride, k, y, j, from, to);
      } else {
        ScalarLanes.rows(x, w, at, stride, k, width, y, j, from, to);
      }
      j += width;
    }
  }

  private static void panel4(
      Gather x, float[] w, int wAt, int wStride, int k, Gather y, int j, int from, int to) {
    int p = from;
    while (p < to) {
      if (p + 4 <= to && y.distinct(p, 4)) {
        rows4x4(x, w, wAt, wStride, k, y, j, p);
        p += 4;
      } else {
        rows1x4(x, w, wAt, wStride, k, y, j, p++);
      }
    }
  }

  private static void panel2(
      Gather x,
      float[] w,
      int wAt,
      int wStride,
      int k,
      Gather y,
      int j,
      int gap,
      int from,
      int to) {
    if (WIDE && k % 8 == 0 && k <= 32) {
      for (int p = from; p < to; p += CHUNK) {
        for (int i = 0; i < k; i += 8) {
          int end = Math.min(to, p + CHUNK);
          VectorTiles.tile8x2(x, i, w, wAt + i * wStride, wStride, y, j, gap, p, end);
        }
      }
      return;
    }
    boolean even = !WIDE && wStride == 2 * W && gap == W && k % 2 == 0;
    int p = from;
    while (p < to) {
      if (WIDE && p + 8 <= to && y.distinct(p, 8)) {
        rows8x2(x, w, wAt, wStride, k, y, j, gap, p);
        p += 8;
      } else if (p + 4 <= to && y.distinct(p, 4)) {
        if (even) {
          rows4x2(x, w, wAt, k, y, j, p);
        } else {
          rows4x2(x, w, wAt, wStride, k, y, j, gap, p);
        }
        p += 4;
      } else {
        rows1x2(x, w, wAt, wStride, k, y, j, gap, p++);
      }
    }
  }

  private static void panel1(
      Gather x, float[] w, int wAt, int wStride, int k, Gather y, int j, int from, int to) {
    int i = 0;
    if (WIDE) {
      for (; i + 16 <= k; i += 16) {
        VectorTiles.tile16(x, i, w, wAt + i * wStride, wStride, y, j, from, to);
      }
    }
    for (; i + 6 <= k; i += 6) {
      VectorTiles.tile6(x, i, w, wAt + i * wStride, wStride, y, j, from, to);
    }
    for (; i + 2 <= k; i += 2) {
      VectorTiles.tile2(x, i, w, wAt + i * wStride, wStride, y, j, from, to);
    }
    if (i < k) {
      VectorTiles.tile1(x, i, w, wAt + i * wStride, y, j, from, to);
    }
  }

  private static void rows4x4(
      Gather x, float[] w, int wAt, int wStride, int k, Gather y, int j, int p) {
    float[] xs = x.values();
    float[] ys = y.values();
    int x0 = x.row(p);
    int x1 = x.row(p + 1);
    int x2 = x.row(p + 2);
    int x3 = x.row(p + 3);
    int y0 = y.row(p) + j;
    int y1 = y.row(p + 1) + j;
    int y2 = y.row(p + 2) + j;
    int y3 = y.row(p + 3) + j;
    FloatVector a00 = FloatVector.fromArray(S, ys, y0);
    FloatVector a01 = FloatVector.fromArray(S, ys, y0 + W);
    FloatVector a02 = FloatVector.fromArray(S, ys, y0 + 2 * W);
    FloatVector a03 = FloatVector.fromArray(S, ys, y0 + 3 * W);
    FloatVector a10 = FloatVector.fromArray(S, ys, y1);
    FloatVector a11 = FloatVector.fromArray(S, ys, y1 + W);
    FloatVector a12 = FloatVector.fromArray(S, ys, y1 + 2 * W);
    FloatVector a13 = FloatVector.fromArray(S, ys, y1 + 3 * W);
    FloatVector a20 = FloatVector.fromArray(S, ys, y2);
    FloatVector a21 = FloatVector.fromArray(S, ys, y2 + W);
    FloatVector a22 = FloatVector.fromArray(S, ys, y2 + 2 * W);
    FloatVector a23 = FloatVector.fromArray(S, ys, y2 + 3 * W);
    FloatVector a30 = FloatVector.fromArray(S, ys, y3);
    FloatVector a31 = FloatVector.fromArray(S, ys, y3 + W);
    FloatVector a32 = FloatVector.fromArray(S, ys, y3 + 2 * W);
    FloatVector a33 = FloatVector.fromArray(S, ys, y3 + 3 * W);
    for (int i = 0, at = wAt; i < k; i++, at += wStride) {
      FloatVector w0 = FloatVector.fromArray(S, w, at);
      FloatVector w1 = FloatVector.fromArray(S, w, at + W);
      FloatVector w2 = FloatVector.fromArray(S, w, at + 2 * W);
      FloatVector w3 = FloatVector.fromArray(S, w, at + 3 * W);
      FloatVector b0 = FloatVector.broadcast(S, xs[x0 + i]);
      a00 = b0.fma(w0, a00);
      a01 = b0.fma(w1, a01);
      a02 = b0.fma(w2, a02);
      a03 = b0.fma(w3, a03);
      FloatVector b1 = FloatVector.broadcast(S, xs[x1 + i]);
      a10 = b1.fma(w0, a10);
      a11 = b1.fma(w1, a11);
      a12 = b1.fma(w2, a12);
      a13 = b1.fma(w3, a13);
      FloatVector b2 = FloatVector.broadcast(S, xs[x2 + i]);
      a20 = b2.fma(w0, a20);
      a21 = b2.fma(w1, a21);
      a22 = b2.fma(w2, a22);
      a23 = b2.fma(w3, a23);
      FloatVector b3 = FloatVector.broadcast(S, xs[x3 + i]);
      a30 = b3.fma(w0, a30);
      a31 = b3.fma(w1, a31);
      a32 = b3.fma(w2, a32);
      a33 = b3.fma(w3, a33);
    }
    a00.intoArray(ys, y0);
    a01.intoArray(ys, y0 + W);
    a02.intoArray(ys, y0 + 2 * W);
    a03.intoArray(ys, y0 + 3 * W);
    a10.intoArray(ys, y1);
    a11.intoArray(ys, y1 + W);
    a12.intoArray(ys, y1 + 2 * W);
    a13.intoArray(ys, y1 + 3 * W);
    a20.intoArray(ys, y2);
    a21.intoArray(ys, y2 + W);
    a22.intoArray(ys, y2 + 2 * W);
    a23.intoArray(ys, y2 + 3 * W);
    a30.intoArray(ys, y3);
    a31.intoArray(ys, y3 + W);
    a32.intoArray(ys, y3 + 2 * W);
    a33.intoArray(ys, y3 + 3 * W);
  }

  private static void rows1x4(
      Gather x, float[] w, int wAt, int wStride, int k, Gather y, int j, int p) {
    float[] xs = x.values();
    float[] ys = y.values();
    int x0 = x.row(p);
    int y0 = y.row(p) + j;
    FloatVector a00 = FloatVector.fromArray(S, ys, y0);
    FloatVector a01 = FloatVector.fromArray(S, ys, y0 + W);
    FloatVector a02 = FloatVector.fromArray(S, ys, y0 + 2 * W);
    FloatVector a03 = FloatVector.fromArray(S, ys, y0 + 3 * W);
    for (int i = 0, at = wAt; i < k; i++, at += wStride) {
      FloatVector w0 = FloatVector.fromArray(S, w, at);
      FloatVector w1 = FloatVector.fromArray(S, w, at + W);
      FloatVector w2 = FloatVector.fromArray(S, w, at + 2 * W);
      FloatVector w3 = FloatVector.fromArray(S, w, at + 3 * W);
      FloatVector b0 = FloatVector.broadcast(S, xs[x0 + i]);
      a00 = b0.fma(w0, a00);
      a01 = b0.fma(w1, a01);
      a02 = b0.fma(w2, a02);
      a03 = b0.fma(w3, a03);
    }
    a00.intoArray(ys, y0);
    a01.intoArray(ys, y0 + W);
    a02.intoArray(ys, y0 + 2 * W);
    a03.intoArray(ys, y0 + 3 * W);
  }

  private static void rows8x2(
      Gather x, float[] w, int wAt, int wStride, int k, Gather y, int j, int gap, int p) {
    float[] xs = x.values();
    float[] ys = y.values();
    int x0 = x.row(p);
    int x1 = x.row(p + 1);
    int x2 = x.row(p + 2);
    int x3 = x.row(p + 3);
    int x4 = x.row(p + 4);
    int x5 = x.row(p + 5);
    int x6 = x.row(p + 6);
    int x7 = x.row(p + 7);
    int y0 = y.row(p) + j;
    int y1 = y.row(p + 1) + j;
    int y2 = y.row(p + 2) + j;
    int y3 = y.row(p + 3) + j;
    int y4 = y.row(p + 4) + j;
    int y5 = y.row(p + 5) + j;
    int y6 = y.row(p + 6) + j;
    int y7 = y.row(p + 7) + j;
    FloatVector a00 = FloatVector.fromArray(S, ys, y0);
    FloatVector a01 = FloatVector.fromArray(S, ys, y0 + gap);
    FloatVector a10 = FloatVector.fromArray(S, ys, y1);
    FloatVector a11 = FloatVector.fromArray(S, ys, y1 + gap);
    FloatVector a20 = FloatVector.fromArray(S, ys, y2);
    FloatVector a21 = FloatVector.fromArray(S, ys, y2 + gap);
    FloatVector a30 = FloatVector.fromArray(S, ys, y3);
    FloatVector a31 = FloatVector.fromArray(S, ys, y3 + gap);
    FloatVector a40 = FloatVector.fromArray(S, ys, y4);
    FloatVector a41 = FloatVector.fromArray(S, ys, y4 + gap);
    FloatVector a50 = FloatVector.fromArray(S, ys, y5);
    FloatVector a51 = FloatVector.fromArray(S, ys, y5 + gap);
    FloatVector a60 = FloatVector.fromArray(S, ys, y6);
    FloatVector a61 = FloatVector.fromArray(S, ys, y6 + gap);
    FloatVector a70 = FloatVector.fromArray(S, ys, y7);
    FloatVector a71 = FloatVector.fromArray(S, ys, y7 + gap);
    for (int i = 0, at = wAt; i < k; i++, at += wStride) {
      FloatVector w0 = FloatVector.fromArray(S, w, at);
      FloatVector w1 = FloatVector.fromArray(S, w, at + gap);
      FloatVector b0 = FloatVector.broadcast(S, xs[x0 + i]);
      a00 = b0.fma(w0, a00);
      a01 = b0.fma(w1, a01);
      FloatVector b1 = FloatVector.broadcast(S, xs[x1 + i]);
      a10 = b1.fma(w0, a10);
      a11 = b1.fma(w1, a11);
      FloatVector b2 = FloatVector.broadcast(S, xs[x2 + i]);
      a20 = b2.fma(w0, a20);
      a21 = b2.fma(w1, a21);
      FloatVector b3 = FloatVector.broadcast(S, xs[x3 + i]);
      a30 = b3.fma(w0, a30);
      a31 = b3.fma(w1, a31);
      FloatVector b4 = FloatVector.broadcast(S, xs[x4 + i]);
      a40 = b4.fma(w0, a40);
      a41 = b4.fma(w1, a41);
      FloatVector b5 = FloatVector.broadcast(S, xs[x5 + i]);
      a50 = b5.fma(w0, a50);
      a51 = b5.fma(w1, a51);
      FloatVector b6 = FloatVector.broadcast(S, xs[x6 + i]);
      a60 = b6.fma(w0, a60);
      a61 = b6.fma(w1, a61);
      FloatVector b7 = FloatVector.broadcast(S, xs[x7 + i]);
      a70 = b7.fma(w0, a70);
      a71 = b7.fma(w1, a71);
    }
    a00.intoArray(ys, y0);
    a01.intoArray(ys, y0 + gap);
    a10.intoArray(ys, y1);
    a11.intoArray(ys, y1 + gap);
    a20.intoArray(ys, y2);
    a21.intoArray(ys, y2 + gap);
    a30.intoArray(ys, y3);
    a31.intoArray(ys, y3 + gap);
    a40.intoArray(ys, y4);
    a41.intoArray(ys, y4 + gap);
    a50.intoArray(ys, y5);
    a51.intoArray(ys, y5 + gap);
    a60.intoArray(ys, y6);
    a61.intoArray(ys, y6 + gap);
    a70.intoArray(ys, y7);
    a71.intoArray(ys, y7 + gap);
  }

  /** The rows of y are looked up behind the loop again: see {@link #begin}. */
  private static void rows4x2(
      Gather x, float[] w, int wAt, int wStride, int k, Gather y, int j, int gap, int p) {
    float[] xs = x.values();
    int x0 = x.row(p);
    int x1 = x.row(p + 1);
    int x2 = x.row(p + 2);
    int x3 = x.row(p + 3);
    FloatVector a00 = begin(y.values(), y.row(p) + j);
    FloatVector a01 = begin(y.values(), y.row(p) + j + gap);
    FloatVector a10 = begin(y.values(), y.row(p + 1) + j);
    FloatVector a11 = begin(y.values(), y.row(p + 1) + j + gap);
    FloatVector a20 = begin(y.values(), y.row(p + 2) + j);
    FloatVector a21 = begin(y.values(), y.row(p + 2) + j + gap);
    FloatVector a30 = begin(y.values(), y.row(p + 3) + j);
    FloatVector a31 = begin(y.values(), y.row(p + 3) + j + gap);
    for (int i = 0, at = wAt; i < k; i++, at += wStride) {
      FloatVector w0 = FloatVector.fromArray(S, w, at);
      FloatVector w1 = FloatVector.fromArray(S, w, at + gap);
      FloatVector b0 = FloatVector.broadcast(S, xs[x0 + i]);
      a00 = b0.fma(w0, a00);
      a01 = b0.fma(w1, a01);
      FloatVector b1 = FloatVector.broadcast(S, xs[x1 + i]);
      a10 = b1.fma(w0, a10);
      a11 = b1.fma(w1, a11);
      FloatVector b2 = FloatVector.broadcast(S, xs[x2 + i]);
      a20 = b2.fma(w0, a20);
      a21 = b2.fma(w1, a21);
      FloatVector b3 = FloatVector.broadcast(S, xs[x3 + i]);
      a30 = b3.fma(w0, a30);
      a31 = b3.fma(w1, a31);
    }
    leave(a00, a01, y.values(), y.row(p) + j, gap);
    leave(a10, a11, y.values(), y.row(p + 1) + j, gap);
    leave(a20, a21, y.values(), y.row(p + 2) + j, gap);
    leave(a30, a31, y.values(), y.row(p + 3) + j, gap);
  }

  /**
   * The same for an even inner dimension and W packed in panels of two vectors. Places that are a
   * constant times the counter, and two steps a turn, leave the loop half of its counting.
   */
  private static void rows4x2(Gather x, float[] w, int wAt, int k, Gather y, int j, int p) {
    float[] xs = x.values();
    int x0 = x.row(p);
    int x1 = x.row(p + 1);
    int x2 = x.row(p + 2);
    int x3 = x.row(p + 3);
    FloatVector a00 = FloatVector.zero(S);
    FloatVector a01 = FloatVector.zero(S);
    FloatVector a10 = FloatVector.zero(S);
    FloatVector a11 = FloatVector.zero(S);
    FloatVector a20 = FloatVector.zero(S);
    FloatVector a21 = FloatVector.zero(S);
    FloatVector a30 = FloatVector.zero(S);
    FloatVector a31 = FloatVector.zero(S);
    for (int i = 0; i < k; i += 2) {
      FloatVector w0 = FloatVector.fromArray(S, w, wAt + 2 * i * W);
      FloatVector w1 = FloatVector.fromArray(S, w, wAt + 2 * i * W + W);
      FloatVector b0 = FloatVector.broadcast(S, xs[x0 + i]);
      a00 = b0.fma(w0, a00);
      a01 = b0.fma(w1, a01);
      FloatVector b1 = FloatVector.broadcast(S, xs[x1 + i]);
      a10 = b1.fma(w0, a10);
      a11 = b1.fma(w1, a11);
      FloatVector b2 = FloatVector.broadcast(S, xs[x2 + i]);
      a20 = b2.fma(w0, a20);
      a21 = b2.fma(w1, a21);
      FloatVector b3 = FloatVector.broadcast(S, xs[x3 + i]);
      a30 = b3.fma(w0, a30);
      a31 = b3.fma(w1, a31);
      FloatVector w2 = FloatVector.fromArray(S, w, wAt + 2 * i * W + 2 * W);
      FloatVector w3 = FloatVector.fromArray(S, w, wAt + 2 * i * W + 3 * W);
      FloatVector c0 = FloatVector.broadcast(S, xs[x0 + i + 1]);
      a00 = c0.fma(w2, a00);
      a01 = c0.fma(w3, a01);
      FloatVector c1 = FloatVector.broadcast(S, xs[x1 + i + 1]);
      a10 = c1.fma(w2, a10);
      a11 = c1.fma(w3, a11);
      FloatVector c2 = FloatVector.broadcast(S, xs[x2 + i + 1]);
      a20 = c2.fma(w2, a20);
      a21 = c2.fma(w3, a21);
      FloatVector c3 = FloatVector.broadcast(S, xs[x3 + i + 1]);
      a30 = c3.fma(w2, a30);
      a31 = c3.fma(w3, a31);
    }
    addRow(a00, a01, y.values(), y.row(p) + j, W);
    addRow(a10, a11, y.values(), y.row(p + 1) + j, W);
    addRow(a20, a21, y.values(), y.row(p + 2) + j, W);
    addRow(a30, a31, y.values(), y.row(p + 3) + j, W);
  }

  /**
   * What sums begin at, however many rows go together, so that none depends on its neighbours: at
   * y, or at zero where registers are few, since the places of y, live over the loop, would push
   * its counters out of them.
   */
  private static FloatVector begin(float[] y, int at) {
    return WIDE ? FloatVector.fromArray(S, y, at) : FloatVector.zero(S);
  }

  /** Writes a row of sums that began so. */
  private static void leave(FloatVector left, FloatVector right, float[] y, int at, int gap) {
    if (WIDE) {
      left.intoArray(y, at);
      right.intoArray(y, at + gap);
    } else {
      addRow(left, right, y, at, gap);
    }
  }

  /** Adds a row of sums to y; both vectors are read before either is written. */
  private static void addRow(FloatVector left, FloatVector right, float[] y, int at, int gap) {
    FloatVector first = FloatVector.fromArray(S, y, at).add(left);
    FloatVector second = FloatVector.fromArray(S, y, at + gap).add(right);
    first.intoArray(y, at);
    second.intoArray(y, at + gap);
  }

  private static void rows1x2(
      Gather x, float[] w, int wAt, int wStride, int k, Gather y, int j, int gap, int p) {
    float[] xs = x.values();
    float[] ys = y.values();
    int x0 = x.row(p);
    int y0 = y.row(p) + j;
    FloatVector a00 = begin(ys, y0);
    FloatVector a01 = begin(ys, y0 + gap);
    for (int i = 0, at = wAt; i < k; i++, at += wStride) {
      FloatVector w0 = FloatVector.fromArray(S, w, at);
      FloatVector w1 = FloatVector.fromArray(S, w, at + gap);
      FloatVector b0 = FloatVector.broadcast(S, xs[x0 + i]);
      a00 = b0.fma(w0, a00);
      a01 = b0.fma(w1, a01);
    }
    leave(a00, a01, ys, y0, gap);
  }
}
