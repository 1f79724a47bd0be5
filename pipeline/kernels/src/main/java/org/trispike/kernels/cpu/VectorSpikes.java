package org.trispike.kernels.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Adds up the spikes that arrive at rows of y, with the row in registers: the method addV does V
 * vectors of columns, each spike at the cost of a broadcast and V loads of weights. Fewer vectors
 * take more spikes at a time, since a sum must wait for the one before it.
 */
final class VectorSpikes {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, S.vectorShape());
  private static final int W = S.length();

  private VectorSpikes() {}

  static void append(
      RowSpikes spikes,
      int firstIn,
      int[] in,
      int[] out,
      int firstOut,
      int from,
      int to,
      int shift,
      Arrivals arrivals) {
    int[] counts = spikes.counts();
    int[] places = spikes.places();
    float[] heights = spikes.heights();
    int[] toPlaces = arrivals.places();
    float[] toHeights = arrivals.heights();
    int[] ends = arrivals.ends();
    for (int p = from; p < to; p++) {
      int row = firstIn + in[p];
      int count = counts[row];
      int at = spikes.begin(row);
      int next = ends[out[p] - firstOut];
      int i = 0;
      // The first vector in any case: whether a row fires at all is not to be predicted.
      do {
        IntVector.fromArray(I, places, at + i).add(shift).intoArray(toPlaces, next + i);
        FloatVector.fromArray(S, heights, at + i).intoArray(toHeights, next + i);
        i += W;
      } while (i < count);
      ends[out[p] - firstOut] = next + count;
    }
  }

  static void add(Arrivals arrivals, int rows, float[] w, int wAt, int n, float[] y, int yAt) {
    int j = 0;
    for (; j + 8 * W <= n; j += 8 * W) {
      add8(arrivals, rows, w, wAt + j, n, y, yAt + j);
    }
    if (j + 4 * W <= n) {
      add4(arrivals, rows, w, wAt + j, n, y, yAt + j);
      j += 4 * W;
    }
    if (j + 2 * W <= n) {
      add2(arrivals, rows, w, wAt + j, n, y, yAt + j);
      j += 2 * W;
    }
    if (j + W <= n) {
      add1(arrivals, rows, w, wAt + j, n, y, yAt + j);
      j += W;
    }
    if (j < n) {
      ScalarSpikes.add(arrivals, rows, w, wAt, n, j, y, yAt);
    }
  }

  private static void add8(
      Arrivals arrivals, int rows, float[] w, int wAt, int n, float[] y, int yAt) {
    int[] places = arrivals.places();
    float[] heights = arrivals.heights();
    for (int r = 0, yp = yAt; r < rows; r++, yp += n) {
      FloatVector a0 = FloatVector.fromArray(S, y, yp);
      FloatVector a1 = FloatVector.fromArray(S, y, yp + W);
      FloatVector a2 = FloatVector.fromArray(S, y, yp + 2 * W);
      FloatVector a3 = FloatVector.fromArray(S, y, yp + 3 * W);
      FloatVector a4 = FloatVector.fromArray(S, y, yp + 4 * W);
      FloatVector a5 = FloatVector.fromArray(S, y, yp + 5 * W);
      FloatVector a6 = FloatVector.fromArray(S, y, yp + 6 * W);
      FloatVector a7 = FloatVector.fromArray(S, y, yp + 7 * W);
      int end = arrivals.end(r);
      for (int e = arrivals.begin(r); e < end; e++) {
        FloatVector h = FloatVector.broadcast(S, heights[e]);
        int wp = wAt + places[e];
        a0 = h.fma(FloatVector.fromArray(S, w, wp), a0);
        a1 = h.fma(FloatVector.fromArray(S, w, wp + W), a1);
        a2 = h.fma(FloatVector.fromArray(S, w, wp + 2 * W), a2);
        a3 = h.fma(FloatVector.fromArray(S, w, wp + 3 * W), a3);
        a4 = h.fma(FloatVector.fromArray(S, w, wp + 4 * W), a4);
        a5 = h.fma(FloatVector.fromArray(S, w, wp + 5 * W), a5);
        a6 = h.fma(FloatVector.fromArray(S, w, wp + 6 * W), a6);
        a7 = h.fma(FloatVector.fromArray(S, w, wp + 7 * W), a7);
      }
      a0.intoArray(y, yp);
      a1.intoArray(y, yp + W);
      a2.intoArray(y, yp + 2 * W);
      a3.intoArray(y, yp + 3 * W);
      a4.intoArray(y, yp + 4 * W);
      a5.intoArray(y, yp + 5 * W);
      a6.intoArray(y, yp + 6 * W);
      a7.intoArray(y, yp + 7 * W);
    }
  }

  private static void add4(
      Arrivals arrivals, int rows, float[] w, int wAt, int n, float[] y, int yAt) {
    int[] places = arrivals.places();
    float[] heights = arrivals.heights();
    FloatVector zero = FloatVector.zero(S);
    for (int r = 0, yp = yAt; r < rows; r++, yp += n) {
      FloatVector a0 = FloatVector.fromArray(S, y, yp);
      FloatVector a1 = FloatVector.fromArray(S, y, yp + W);
      FloatVector a2 = FloatVector.fromArray(S, y, yp + 2 * W);
      FloatVector a3 = FloatVector.fromArray(S, y, yp + 3 * W);
      FloatVector b0 = zero;
      FloatVector b1 = zero;
      FloatVector b2 = zero;
      FloatVector b3 = zero;
      int end = arrivals.end(r);
      for (int e = arrivals.begin(r); e < end; e += 2) {
        FloatVector h = FloatVector.broadcast(S, heights[e]);
        int wp = wAt + places[e];
        a0 = h.fma(FloatVector.fromArray(S, w, wp), a0);
        a1 = h.fma(FloatVector.fromArray(S, w, wp + W), a1);
        a2 = h.fma(FloatVector.fromArray(S, w, wp + 2 * W), a2);
        a3 = h.fma(FloatVector.fromArray(S, w, wp + 3 * W), a3);
        FloatVector g = FloatVector.broadcast(S, heights[e + 1]);
        int vp = wAt + places[e + 1];
        b0 = g.fma(FloatVector.fromArray(S, w, vp), b0);
        b1 = g.fma(FloatVector.fromArray(S, w, vp + W), b1);
        b2 = g.fma(FloatVector.fromArray(S, w, vp + 2 * W), b2);
        b3 = g.fma(FloatVector.fromArray(S, w, vp + 3 * W), b3);
      }
      a0.add(b0).intoArray(y, yp);
      a1.add(b1).intoArray(y, yp + W);
      a2.add(b2).intoArray(y, yp + 2 * W);
      a3.add(b3).intoArray(y, yp + 3 * W);
    }
  }

  private static void add2(
      Arrivals arrivals, int rows, float[] w, int wAt, int n, float[] y, int yAt) {
    int[] places = arrivals.places();
    float[] heights = arrivals.heights();
    FloatVector zero = FloatVector.zero(S);
    for (int r = 0, yp = yAt; r < rows; r++, yp += n) {
      FloatVector a0 = FloatVector.fromArray(S, y, yp);
      FloatVector a1 = FloatVector.fromArray(S, y, yp + W);
      FloatVector b0 = zero;
      FloatVector b1 = zero;
      FloatVector c0 = zero;
      FloatVector c1 = zero;
      FloatVector d0 = zero;
      FloatVector d1 = zero;
      int end = arrivals.end(r);
      for (int e = arrivals.begin(r); e < end; e += 4) {
        FloatVector h = FloatVector.broadcast(S, heights[e]);
        int wp = wAt + places[e];
        a0 = h.fma(FloatVector.fromArray(S, w, wp), a0);
        a1 = h.fma(FloatVector.fromArray(S, w, wp + W), a1);
        h = FloatVector.broadcast(S, heights[e + 1]);
        wp = wAt + places[e + 1];
        b0 = h.fma(FloatVector.fromArray(S, w, wp), b0);
        b1 = h.fma(FloatVector.fromArray(S, w, wp + W), b1);
        h = FloatVector.broadcast(S, heights[e + 2]);
        wp = wAt + places[e + 2];
        c0 = h.fma(FloatVector.fromArray(S, w, wp), c0);
        c1 = h.fma(FloatVector.fromArray(S, w, wp + W), c1);
        h = FloatVector.broadcast(S, heights[e + 3]);
        wp = wAt + places[e + 3];
        d0 = h.fma(FloatVector.fromArray(S, w, wp), d0);
        d1 = h.fma(FloatVector.fromArray(S, w, wp + W), d1);
      }
      a0.add(b0).add(c0.add(d0)).intoArray(y, yp);
      a1.add(b1).add(c1.add(d1)).intoArray(y, yp + W);
    }
  }

  private static void add1(
      Arrivals arrivals, int rows, float[] w, int wAt, int n, float[] y, int yAt) {
    int[] places = arrivals.places();
    float[] heights = arrivals.heights();
    FloatVector zero = FloatVector.zero(S);
    for (int r = 0, yp = yAt; r < rows; r++, yp += n) {
      FloatVector a = FloatVector.fromArray(S, y, yp);
      FloatVector b = zero;
      FloatVector c = zero;
      FloatVector d = zero;
      int end = arrivals.end(r);
      for (int e = arrivals.begin(r); e < end; e += 4) {
        a = weigh(heights[e], w, wAt + places[e], a);
        b = weigh(heights[e + 1], w, wAt + places[e + 1], b);
        c = weigh(heights[e + 2], w, wAt + places[e + 2], c);
        d = weigh(heights[e + 3], w, wAt + places[e + 3], d);
      }
      a.add(b).add(c.add(d)).intoArray(y, yp);
    }
  }

  private static FloatVector weigh(float height, float[] w, int at, FloatVector sum) {
    return FloatVector.broadcast(S, height).fma(FloatVector.fromArray(S, w, at), sum);
  }
}
