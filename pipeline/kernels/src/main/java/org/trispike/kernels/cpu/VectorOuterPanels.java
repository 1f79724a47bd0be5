package org.trispike.kernels.cpu;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * W += xᵀ · y by panels of columns, four vectors of 512 bits wide, or two narrower ones: a chunk's
 * rows are copied to where they lie side by side, so that they share no cache sets, and the loop
 * over them has constant strides. A tile of W, four columns of x by a panel of y, stays in
 * registers meanwhile.
 */
final class VectorOuterPanels {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int W = S.length();
  private static final boolean WIDE = W >= 16;
  private static final int PANEL = Panels.COLUMNS;

  private VectorOuterPanels() {}

  /** The columns [first, last) of x, four by four, with the columns [0, whole) of y. */
  static void outer(
      Gather x,
      int first,
      int last,
      Gather y,
      int whole,
      int n,
      int from,
      int to,
      float[] w,
      int wAt) {
    Panels panels = Panels.own();
    for (int p = from; p < to; p += Panels.ROWS) {
      int rows = Math.min(to - p, Panels.ROWS);
      for (int i = first; i < last; i += PANEL) {
        int columns = Math.min(last - i, PANEL);
        pack(x, i, columns, p, rows, panels.x());
        for (int j = 0; j < whole; j += PANEL) {
          pack(y, j, PANEL, p, rows, panels.y());
          for (int column = 0; column < columns; column += 4) {
            if (WIDE) {
              tile4x4(panels.x(), column, panels.y(), rows, panels.tile());
            } else {
              tile4x2(panels.x(), column, panels.y(), rows + rows % 2, panels.tile());
            }
            addTile(panels.tile(), w, wAt + (i + column) * n + j, n);
          }
        }
      }
    }
  }

  /**
   * Copies so many columns of rows [from, from + rows) to rows of a panel; zeros make them even.
   */
  private static void pack(
      Gather matrix, int column, int columns, int from, int rows, float[] panel) {
    float[] values = matrix.values();
    for (int p = 0; p < rows; p++) {
      int at = matrix.row(from + p) + column;
      if (columns < PANEL) {
        System.arraycopy(values, at, panel, p * PANEL, columns);
      } else {
        for (int v = 0; v < PANEL; v += W) {
          FloatVector.fromArray(S, values, at + v).intoArray(panel, p * PANEL + v);
        }
      }
    }
    if (rows % 2 != 0) {
      Arrays.fill(panel, rows * PANEL, (rows + 1) * PANEL, 0f);
    }
  }

  /** tile [4, panel] = Σ of four columns of x, from column {@code i} on, times y. */
  private static void tile4x4(float[] xs, int i, float[] ys, int rows, float[] tile) {
    FloatVector a00 = FloatVector.zero(S);
    FloatVector a01 = FloatVector.zero(S);
    FloatVector a02 = FloatVector.zero(S);
    FloatVector a03 = FloatVector.zero(S);
    FloatVector a10 = FloatVector.zero(S);
    FloatVector a11 = FloatVector.zero(S);
    FloatVector a12 = FloatVector.zero(S);
    FloatVector a13 = FloatVector.zero(S);
    FloatVector a20 = FloatVector.zero(S);
    FloatVector a21 = FloatVector.zero(S);
    FloatVector a22 = FloatVector.zero(S);
    FloatVector a23 = FloatVector.zero(S);
    FloatVector a30 = FloatVector.zero(S);
    FloatVector a31 = FloatVector.zero(S);
    FloatVector a32 = FloatVector.zero(S);
    FloatVector a33 = FloatVector.zero(S);
    for (int p = 0; p < rows; p++) {
      FloatVector g0 = FloatVector.fromArray(S, ys, p * PANEL);
      FloatVector g1 = FloatVector.fromArray(S, ys, p * PANEL + W);
      FloatVector g2 = FloatVector.fromArray(S, ys, p * PANEL + 2 * W);
      FloatVector g3 = FloatVector.fromArray(S, ys, p * PANEL + 3 * W);
      FloatVector b0 = FloatVector.broadcast(S, xs[i + p * PANEL]);
      a00 = b0.fma(g0, a00);
      a01 = b0.fma(g1, a01);
      a02 = b0.fma(g2, a02);
      a03 = b0.fma(g3, a03);
      FloatVector b1 = FloatVector.broadcast(S, xs[i + p * PANEL + 1]);
      a10 = b1.fma(g0, a10);
      a11 = b1.fma(g1, a11);
      a12 = b1.fma(g2, a12);
      a13 = b1.fma(g3, a13);
      FloatVector b2 = FloatVector.broadcast(S, xs[i + p * PANEL + 2]);
      a20 = b2.fma(g0, a20);
      a21 = b2.fma(g1, a21);
      a22 = b2.fma(g2, a22);
      a23 = b2.fma(g3, a23);
      FloatVector b3 = FloatVector.broadcast(S, xs[i + p * PANEL + 3]);
      a30 = b3.fma(g0, a30);
      a31 = b3.fma(g1, a31);
      a32 = b3.fma(g2, a32);
      a33 = b3.fma(g3, a33);
    }
    a00.intoArray(tile, 0);
    a01.intoArray(tile, W);
    a02.intoArray(tile, 2 * W);
    a03.intoArray(tile, 3 * W);
    a10.intoArray(tile, 4 * W);
    a11.intoArray(tile, 5 * W);
    a12.intoArray(tile, 6 * W);
    a13.intoArray(tile, 7 * W);
    a20.intoArray(tile, 8 * W);
    a21.intoArray(tile, 9 * W);
    a22.intoArray(tile, 10 * W);
    a23.intoArray(tile, 11 * W);
    a30.intoArray(tile, 12 * W);
    a31.intoArray(tile, 13 * W);
    a32.intoArray(tile, 14 * W);
    a33.intoArray(tile, 15 * W);
  }

  /** The same with panels of two vectors and an even number of rows, two of them a turn. */
  private static void tile4x2(float[] xs, int i, float[] ys, int rows, float[] tile) {
    FloatVector a00 = FloatVector.zero(S);
    FloatVector a01 = FloatVector.zero(S);
    FloatVector a10 = FloatVector.zero(S);
    FloatVector a11 = FloatVector.zero(S);
    FloatVector a20 = FloatVector.zero(S);
    FloatVector a21 = FloatVector.zero(S);
    FloatVector a30 = FloatVector.zero(S);
    FloatVector a31 = FloatVector.zero(S);
    for (int p = 0; p < rows; p += 2) {
      FloatVector g0 = FloatVector.fromArray(S, ys, p * PANEL);
      FloatVector g1 = FloatVector.fromArray(S, ys, p * PANEL + W);
      FloatVector b0 = FloatVector.broadcast(S, xs[i + p * PANEL]);
      a00 = b0.fma(g0, a00);
      a01 = b0.fma(g1, a01);
      FloatVector b1 = FloatVector.broadcast(S, xs[i + p * PANEL + 1]);
      a10 = b1.fma(g0, a10);
      a11 = b1.fma(g1, a11);
      FloatVector b2 = FloatVector.broadcast(S, xs[i + p * PANEL + 2]);
      a20 = b2.fma(g0, a20);
      a21 = b2.fma(g1, a21);
      FloatVector b3 = FloatVector.broadcast(S, xs[i + p * PANEL + 3]);
      a30 = b3.fma(g0, a30);
      a31 = b3.fma(g1, a31);
      FloatVector g2 = FloatVector.fromArray(S, ys, p * PANEL + PANEL);
      FloatVector g3 = FloatVector.fromArray(S, ys, p * PANEL + PANEL + W);
      FloatVector c0 = FloatVector.broadcast(S, xs[i + p * PANEL + PANEL]);
      a00 = c0.fma(g2, a00);
      a01 = c0.fma(g3, a01);
      FloatVector c1 = FloatVector.broadcast(S, xs[i + p * PANEL + PANEL + 1]);
      a10 = c1.fma(g2, a10);
      a11 = c1.fma(g3, a11);
      FloatVector c2 = FloatVector.broadcast(S, xs[i + p * PANEL + PANEL + 2]);
      a20 = c2.fma(g2, a20);
      a21 = c2.fma(g3, a21);
      FloatVector c3 = FloatVector.broadcast(S, xs[i + p * PANEL + PANEL + 3]);
      a30 = c3.fma(g2, a30);
      a31 = c3.fma(g3, a31);
    }
    a00.intoArray(tile, 0);
    a01.intoArray(tile, W);
    a10.intoArray(tile, 2 * W);
    a11.intoArray(tile, 3 * W);
    a20.intoArray(tile, 4 * W);
    a21.intoArray(tile, 5 * W);
    a30.intoArray(tile, 6 * W);
    a31.intoArray(tile, 7 * W);
  }

  /** Adds a tile to W from {@code at} on. */
  private static void addTile(float[] tile, float[] w, int at, int n) {
    for (int r = 0; r < 4; r++) {
      for (int v = 0; v < PANEL; v += W) {
        int to = at + r * n + v;
        FloatVector.fromArray(S, w, to)
            .add(FloatVector.fromArray(S, tile, r * PANEL + v))
            .intoArray(w, to);
      }
    }
  }
}
