package org.trispike.training.align;

/** Products of small row-major matrices, in loops that the compiler turns into vectors. */
final class Matrices {
  private Matrices() {}

  /** a · bᵀ [n, m] of a [n, c] and b [m, c]. */
  static double[] timesTransposed(double[] a, double[] b, int n, int m, int c) {
    double[] transposed = new double[c * m];
    for (int j = 0; j < m; j++) {
      for (int k = 0; k < c; k++) {
        transposed[k * m + j] = b[j * c + k];
      }
    }
    return times(a, transposed, n, c, m);
  }

  /** a · b [n, c] of a [n, m] and b [m, c]. */
  static double[] times(double[] a, double[] b, int n, int m, int c) {
    double[] product = new double[n * c];
    for (int i = 0; i < n; i++) {
      combine(a, i * m, 1, b, m, product, i * c, c);
    }
    return product;
  }

  /** aᵀ · b [m, c] of a [n, m] and b [n, c]. */
  static double[] transposedTimes(double[] a, double[] b, int n, int m, int c) {
    double[] product = new double[m * c];
    for (int j = 0; j < m; j++) {
      combine(a, j, m, b, n, product, j * c, c);
    }
    return product;
  }

  /**
   * Adds the rows of b [count, c] to a row of y, each times its factor, in their order. Four at a
   * time, so that y is read and written a quarter as often; the sums are the same to the bit.
   */
  private static void combine(
      double[] a, int from, int stride, double[] b, int count, double[] y, int yAt, int c) {
    int row = 0;
    for (; row + 4 <= count; row += 4) {
      double a0 = a[from + row * stride];
      double a1 = a[from + (row + 1) * stride];
      double a2 = a[from + (row + 2) * stride];
      double a3 = a[from + (row + 3) * stride];
      int at = row * c;
      for (int k = 0; k < c; k++) {
        y[yAt + k] =
            y[yAt + k]
                + a0 * b[at + k]
                + a1 * b[at + c + k]
                + a2 * b[at + 2 * c + k]
                + a3 * b[at + 3 * c + k];
      }
    }
    for (; row < count; row++) {
      axpy(a[from + row * stride], b, row * c, y, yAt, c);
    }
  }

  private static void axpy(double alpha, double[] x, int xAt, double[] y, int yAt, int count) {
    if (alpha != 0) {
      for (int k = 0; k < count; k++) {
        y[yAt + k] += alpha * x[xAt + k];
      }
    }
  }

  /** Euclidean length of each row; at least 1e-12, so that a row of zeros stays one. */
  static double[] lengths(double[] x, int rows, int columns) {
    double[] lengths = new double[rows];
    for (int i = 0; i < rows; i++) {
      double sum = 0;
      for (int k = 0; k < columns; k++) {
        sum += x[i * columns + k] * x[i * columns + k];
      }
      lengths[i] = Math.max(1e-12, Math.sqrt(sum));
    }
    return lengths;
  }

  /** Each row divided by its length. */
  static double[] normalized(double[] x, double[] lengths, int columns) {
    double[] unit = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      unit[i] = x[i] / lengths[i / columns];
    }
    return unit;
  }

  /** The gradient through {@link #normalized}: (g − û (û·g)) / |x| of each row, in place of g. */
  static void throughNormalization(double[] g, double[] unit, double[] lengths, int columns) {
    for (int i = 0; i < lengths.length; i++) {
      double along = 0;
      for (int k = 0; k < columns; k++) {
        along += g[i * columns + k] * unit[i * columns + k];
      }
      for (int k = 0; k < columns; k++) {
        int at = i * columns + k;
        g[at] = (g[at] - unit[at] * along) / lengths[i];
      }
    }
  }

  /** The given rows of x, one after the other. */
  static double[] gather(double[] x, int[] rows, int columns) {
    double[] part = new double[rows.length * columns];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(x, rows[i] * columns, part, i * columns, columns);
    }
    return part;
  }

  /** Adds the rows of {@code part} to the given rows of x. */
  static void scatterAdd(double[] part, int[] rows, double[] x, int columns) {
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < columns; k++) {
        x[rows[i] * columns + k] += part[i * columns + k];
      }
    }
  }
}
