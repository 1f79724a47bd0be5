package org.trispike.kernels.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * y[out] += x[in] · W for whole panels of weights, whose rows lie one behind the other, with the 32
 * registers of AVX-512. As {@link VectorRows}, whose sums these have bit for bit, but faster: that
 * the stride of the weights is a constant lets the compiler prove loads to be inside, and six rows
 * share a load of weights, which falls on two cache lines, as Java aligns arrays to 8 bytes.
 */
final class VectorPanels {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int W = S.length();

  private VectorPanels() {}

  /**
   * Six pairs from {@code p} on, whose rows of y differ.
   *
   * @param i0 first of the {@code k} columns of x
   * @param wAt where the panel [k, 4 vectors] begins
   * @param j first column of y
   */
  static void rows6x4(Gather x, int i0, float[] w, int wAt, int k, Gather y, int j, int p) {
    float[] xs = x.values();
    float[] ys = y.values();
    int x0 = x.row(p) + i0;
    int x1 = x.row(p + 1) + i0;
    int x2 = x.row(p + 2) + i0;
    int x3 = x.row(p + 3) + i0;
    int x4 = x.row(p + 4) + i0;
    int x5 = x.row(p + 5) + i0;
    int y0 = y.row(p) + j;
    int y1 = y.row(p + 1) + j;
    int y2 = y.row(p + 2) + j;
    int y3 = y.row(p + 3) + j;
    int y4 = y.row(p + 4) + j;
    int y5 = y.row(p + 5) + j;
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
    FloatVector a40 = FloatVector.fromArray(S, ys, y4);
    FloatVector a41 = FloatVector.fromArray(S, ys, y4 + W);
    FloatVector a42 = FloatVector.fromArray(S, ys, y4 + 2 * W);
    FloatVector a43 = FloatVector.fromArray(S, ys, y4 + 3 * W);
    FloatVector a50 = FloatVector.fromArray(S, ys, y5);
    FloatVector a51 = FloatVector.fromArray(S, ys, y5 + W);
    FloatVector a52 = FloatVector.fromArray(S, ys, y5 + 2 * W);
    FloatVector a53 = FloatVector.fromArray(S, ys, y5 + 3 * W);
    for (int i = 0; i < k; i++) {
      int at = wAt + i * (4 * W);
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
      FloatVector b4 = FloatVector.broadcast(S, xs[x4 + i]);
      a40 = b4.fma(w0, a40);
      a41 = b4.fma(w1, a41);
      a42 = b4.fma(w2, a42);
      a43 = b4.fma(w3, a43);
      FloatVector b5 = FloatVector.broadcast(S, xs[x5 + i]);
      a50 = b5.fma(w0, a50);
      a51 = b5.fma(w1, a51);
      a52 = b5.fma(w2, a52);
      a53 = b5.fma(w3, a53);
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
    a40.intoArray(ys, y4);
    a41.intoArray(ys, y4 + W);
    a42.intoArray(ys, y4 + 2 * W);
    a43.intoArray(ys, y4 + 3 * W);
    a50.intoArray(ys, y5);
    a51.intoArray(ys, y5 + W);
    a52.intoArray(ys, y5 + 2 * W);
    a53.intoArray(ys, y5 + 3 * W);
  }

  /** As {@link #rows6x4}, eight pairs and a panel of two vectors. */
  static void rows8x2(Gather x, int i0, float[] w, int wAt, int k, Gather y, int j, int p) {
    float[] xs = x.values();
    float[] ys = y.values();
    int x0 = x.row(p) + i0;
    int x1 = x.row(p + 1) + i0;
    int x2 = x.row(p + 2) + i0;
    int x3 = x.row(p + 3) + i0;
    int x4 = x.row(p + 4) + i0;
    int x5 = x.row(p + 5) + i0;
    int x6 = x.row(p + 6) + i0;
    int x7 = x.row(p + 7) + i0;
    int y0 = y.row(p) + j;
    int y1 = y.row(p + 1) + j;
    int y2 = y.row(p + 2) + j;
    int y3 = y.row(p + 3) + j;
    int y4 = y.row(p + 4) + j;
    int y5 = y.row(p + 5) + j;
    int y6 = y.row(p + 6) + j;
    int y7 = y.row(p + 7) + j;
    FloatVector a00 = FloatVector.fromArray(S, ys, y0);
    FloatVector a01 = FloatVector.fromArray(S, ys, y0 + W);
    FloatVector a10 = FloatVector.fromArray(S, ys, y1);
    FloatVector a11 = FloatVector.fromArray(S, ys, y1 + W);
    FloatVector a20 = FloatVector.fromArray(S, ys, y2);
    FloatVector a21 = FloatVector.fromArray(S, ys, y2 + W);
    FloatVector a30 = FloatVector.fromArray(S, ys, y3);
    FloatVector a31 = FloatVector.fromArray(S, ys, y3 + W);
    FloatVector a40 = FloatVector.fromArray(S, ys, y4);
    FloatVector a41 = FloatVector.fromArray(S, ys, y4 + W);
    FloatVector a50 = FloatVector.fromArray(S, ys, y5);
    FloatVector a51 = FloatVector.fromArray(S, ys, y5 + W);
    FloatVector a60 = FloatVector.fromArray(S, ys, y6);
    FloatVector a61 = FloatVector.fromArray(S, ys, y6 + W);
    FloatVector a70 = FloatVector.fromArray(S, ys, y7);
    FloatVector a71 = FloatVector.fromArray(S, ys, y7 + W);
    for (int i = 0; i < k; i++) {
      int at = wAt + i * (2 * W);
      FloatVector w0 = FloatVector.fromArray(S, w, at);
      FloatVector w1 = FloatVector.fromArray(S, w, at + W);
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
    a01.intoArray(ys, y0 + W);
    a10.intoArray(ys, y1);
    a11.intoArray(ys, y1 + W);
    a20.intoArray(ys, y2);
    a21.intoArray(ys, y2 + W);
    a30.intoArray(ys, y3);
    a31.intoArray(ys, y3 + W);
    a40.intoArray(ys, y4);
    a41.intoArray(ys, y4 + W);
    a50.intoArray(ys, y5);
    a51.intoArray(ys, y5 + W);
    a60.intoArray(ys, y6);
    a61.intoArray(ys, y6 + W);
    a70.intoArray(ys, y7);
    a71.intoArray(ys, y7 + W);
  }
}
