package org.trispike.kernels.cpu;

import org.trispike.kernels.Neuron;

/** Inner loops as plain Java: correct on every machine, and the twin of {@link VectorLanes}. */
final class ScalarLanes implements Lanes {

  @Override
  public int width() {
    return 1;
  }

  @Override
  public String description() {
    return "scalar";
  }

  @Override
  public boolean packs(int n, int rows) {
    return false;
  }

  @Override
  public void pack(
      boolean transposed, float[] w, int wAt, int stride, int k, int n, float[] out, int outAt) {
    if (transposed) {
      Transpose.transpose(w, wAt, stride, n, k, out, outAt);
      return;
    }
    for (int i = 0; i < k; i++) {
      System.arraycopy(w, wAt + i * stride, out, outAt + i * n, n);
    }
  }

  @Override
  public void rows(
      Gather x, float[] w, int wAt, boolean packed, int k, int n, Gather y, int from, int to) {
    rows(x, w, wAt, n, k, n, y, 0, from, to);
  }

  /** Columns j..j+n−1 of y, from n columns of W: also the tail of the vector loops. */
  static void rows(
      Gather x, float[] w, int wAt, int wStride, int k, int n, Gather y, int j, int from, int to) {
    float[] xs = x.values();
    float[] ys = y.values();
    for (int p = from; p < to; p++) {
      int xp = x.row(p);
      int yp = y.row(p) + j;
      for (int i = 0; i < k; i++) {
        float a = xs[xp + i];
        int wp = wAt + i * wStride;
        for (int c = 0; c < n; c++) {
          ys[yp + c] = Math.fma(a, w[wp + c], ys[yp + c]);
        }
      }
    }
  }

  @Override
  public void outer(
      Gather x, int first, int last, Gather y, int n, int from, int to, float[] w, int wAt) {
    outer(x, first, last, y, n, 0, from, to, w, wAt);
  }

  /** The columns of W from {@code column} on. */
  static void outer(
      Gather x,
      int first,
      int last,
      Gather y,
      int n,
      int column,
      int from,
      int to,
      float[] w,
      int wAt) {
    float[] xs = x.values();
    float[] ys = y.values();
    for (int p = from; p < to; p++) {
      int xp = x.row(p);
      int yp = y.row(p);
      for (int i = first; i < last; i++) {
        float a = xs[xp + i];
        int wp = wAt + i * n;
        for (int c = column; c < n; c++) {
          w[wp + c] = Math.fma(a, ys[yp + c], w[wp + c]);
        }
      }
    }
  }

  @Override
  public void append(
      RowSpikes spikes,
      int firstIn,
      int[] in,
      int[] out,
      int firstOut,
      int from,
      int to,
      int shift,
      Arrivals arrivals) {
    ScalarSpikes.append(spikes, firstIn, in, out, firstOut, from, to, shift, arrivals);
  }

  @Override
  public void addArrivals(
      Arrivals arrivals, int rows, float[] w, int wAt, int n, float[] y, int yAt) {
    ScalarSpikes.add(arrivals, rows, w, wAt, n, 0, y, yAt);
  }

  @Override
  public void gather(
      float[] x, int xAt, int stride, int count, int lanes, float[] vectors, int vectorsAt) {
    for (int i = 0; i < count; i++) {
      vectors[vectorsAt + i] = x[xAt + i * stride];
    }
  }

  @Override
  public void taps(
      float[] x, int xAt, int[] offsets, float[] w, int wAt, int from, int to, float[] sums) {
    for (int i = 0; i < RUN; i++) {
      float sum = 0;
      for (int j = from; j < to; j++) {
        sum = Math.fma(x[xAt + offsets[j] + i], w[wAt + j], sum);
      }
      sums[i] = sum;
    }
  }

  @Override
  public void scatter(
      float[] vectors, int count, int lanes, float beta, float[] y, int yAt, int stride) {
    for (int i = 0; i < count; i++) {
      int to = yAt + i * stride;
      y[to] = beta == 0f ? vectors[i] : Math.fma(beta, y[to], vectors[i]);
    }
  }

  @Override
  public void weightedRows(
      float[] x,
      int xAt,
      int channels,
      int[] rows,
      float[] weights,
      int count,
      float beta,
      float[] y,
      int yAt) {
    weightedRows(x, xAt, channels, 0, rows, weights, count, beta, y, yAt);
  }

  static void weightedRows(
      float[] x,
      int xAt,
      int channels,
      int column,
      int[] rows,
      float[] weights,
      int count,
      float beta,
      float[] y,
      int yAt) {
    for (int c = column; c < channels; c++) {
      float sum = beta == 0f ? 0f : beta * y[yAt + c];
      for (int i = 0; i < count; i++) {
        sum = Math.fma(weights[i], x[xAt + rows[i] * channels + c], sum);
      }
      y[yAt + c] = sum;
    }
  }

  @Override
  public void axpy(float alpha, float[] x, int xAt, float[] y, int yAt, int size) {
    for (int i = 0; i < size; i++) {
      y[yAt + i] = Math.fma(alpha, x[xAt + i], y[yAt + i]);
    }
  }

  @Override
  public void add(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int size) {
    for (int i = 0; i < size; i++) {
      out[outAt + i] = a[aAt + i] + b[bAt + i];
    }
  }

  @Override
  public float sum(float[] x, int xAt, int size) {
    float sum = 0;
    for (int i = xAt; i < xAt + size; i++) {
      sum += x[i];
    }
    return sum;
  }

  @Override
  public void unpack(byte[] w, int wAt, int size, float[] out, int outAt) {
    for (int i = 0; i < size; i++) {
      out[outAt + i] = w[wAt + i];
    }
  }

  @Override
  public void addRow(float[] row, int rowAt, int channels, int from, int to, float[] x, int xAt) {
    addRow(row, rowAt, channels, 0, from, to, x, xAt);
  }

  static void addRow(
      float[] row, int rowAt, int channels, int column, int from, int to, float[] x, int xAt) {
    for (int r = from; r < to; r++) {
      for (int c = column; c < channels; c++) {
        x[xAt + r * channels + c] += row[rowAt + c];
      }
    }
  }

  @Override
  public void columnSums(float[] x, int xAt, int channels, int from, int to, float[] sums) {
    columnSums(x, xAt, channels, 0, from, to, sums);
  }

  static void columnSums(
      float[] x, int xAt, int channels, int column, int from, int to, float[] sums) {
    for (int c = column; c < channels; c++) {
      float sum = 0;
      for (int r = from; r < to; r++) {
        sum += x[xAt + r * channels + c];
      }
      sums[c] = sum;
    }
  }

  @Override
  public void columnMax(
      float[] x,
      int xAt,
      int channels,
      int[] rows,
      int from,
      int to,
      float[] y,
      int yAt,
      int[] winners,
      int winnersAt) {
    columnMax(x, xAt, channels, 0, rows, from, to, y, yAt, winners, winnersAt);
  }

  static void columnMax(
      float[] x,
      int xAt,
      int channels,
      int column,
      int[] rows,
      int from,
      int to,
      float[] y,
      int yAt,
      int[] winners,
      int winnersAt) {
    for (int c = column; c < channels; c++) {
      int winner = from < to ? rows[from] : -1;
      float most = from < to ? x[xAt + rows[from] * channels + c] : 0f;
      for (int i = from + 1; i < to; i++) {
        float value = x[xAt + rows[i] * channels + c];
        if (value > most) {
          most = value;
          winner = rows[i];
        }
      }
      y[yAt + c] = most;
      if (winners != null) {
        winners[winnersAt + c] = winner;
      }
    }
  }

  @Override
  public void columnSquares(
      float[] x,
      int xAt,
      int channels,
      int from,
      int to,
      float[] mean,
      float[] sums,
      float[] squares) {
    columnSquares(x, xAt, channels, 0, from, to, mean, sums, squares);
  }

  static void columnSquares(
      float[] x,
      int xAt,
      int channels,
      int column,
      int from,
      int to,
      float[] mean,
      float[] sums,
      float[] squares) {
    for (int c = column; c < channels; c++) {
      float sum = 0;
      float square = 0;
      for (int r = from; r < to; r++) {
        float d = x[xAt + r * channels + c] - mean[c];
        sum += d;
        square = Math.fma(d, d, square);
      }
      sums[c] = sum;
      squares[c] = square;
    }
  }

  @Override
  public void columnProducts(
      float[] dy,
      int dyAt,
      float[] x,
      int xAt,
      int channels,
      int from,
      int to,
      float[] mean,
      float[] sums,
      float[] products) {
    columnProducts(dy, dyAt, x, xAt, channels, 0, from, to, mean, sums, products);
  }

  static void columnProducts(
      float[] dy,
      int dyAt,
      float[] x,
      int xAt,
      int channels,
      int column,
      int from,
      int to,
      float[] mean,
      float[] sums,
      float[] products) {
    for (int c = column; c < channels; c++) {
      float sum = 0;
      float product = 0;
      for (int r = from; r < to; r++) {
        float g = dy[dyAt + r * channels + c];
        sum += g;
        product = Math.fma(g, x[xAt + r * channels + c] - mean[c], product);
      }
      sums[c] = sum;
      products[c] = product;
    }
  }

  @Override
  public void affine(
      float[] x,
      int xAt,
      int channels,
      int from,
      int to,
      float[] mean,
      float[] scale,
      float[] shift,
      float[] rest,
      int restAt,
      float[] y,
      int yAt) {
    affine(x, xAt, channels, 0, from, to, mean, scale, shift, rest, restAt, y, yAt);
  }

  static void affine(
      float[] x,
      int xAt,
      int channels,
      int column,
      int from,
      int to,
      float[] mean,
      float[] scale,
      float[] shift,
      float[] rest,
      int restAt,
      float[] y,
      int yAt) {
    for (int r = from; r < to; r++) {
      for (int c = column; c < channels; c++) {
        int i = r * channels + c;
        float value = Math.fma(x[xAt + i] - mean[c], scale[c], shift[c]);
        y[yAt + i] = rest == null ? value : value + rest[restAt + i];
      }
    }
  }

  @Override
  public void affine2(
      float[] dy,
      int dyAt,
      float[] x,
      int xAt,
      int channels,
      int from,
      int to,
      float[] a,
      float[] b,
      float[] c,
      float[] dx,
      int dxAt) {
    affine2(dy, dyAt, x, xAt, channels, 0, from, to, a, b, c, dx, dxAt);
  }

  static void affine2(
      float[] dy,
      int dyAt,
      float[] x,
      int xAt,
      int channels,
      int column,
      int from,
      int to,
      float[] a,
      float[] b,
      float[] c,
      float[] dx,
      int dxAt) {
    for (int r = from; r < to; r++) {
      for (int j = column; j < channels; j++) {
        int i = r * channels + j;
        dx[dxAt + i] = Math.fma(dy[dyAt + i], a[j], Math.fma(x[xAt + i], b[j], c[j]));
      }
    }
  }

  @Override
  public void spikes(
      Neuron neuron,
      int steps,
      int slab,
      float[] x,
      int xAt,
      float[] u,
      int uAt,
      float[] s,
      int sAt,
      int from,
      int to) {
    ScalarNeurons.spikes(neuron, steps, slab, x, xAt, u, uAt, s, sAt, from, to);
  }

  @Override
  public void spikesBackward(
      Neuron neuron,
      int steps,
      int slab,
      float[] u,
      int uAt,
      float[] ds,
      int dsAt,
      float beta,
      float[] dx,
      int dxAt,
      int from,
      int to) {
    ScalarNeurons.spikesBackward(neuron, steps, slab, u, uAt, ds, dsAt, beta, dx, dxAt, from, to);
  }

  @Override
  public void relu(float[] x, int xAt, float[] y, int yAt, int size) {
    for (int i = 0; i < size; i++) {
      y[yAt + i] = Math.max(0f, x[xAt + i]);
    }
  }

  @Override
  public void reluGradient(
      float[] x, int xAt, float[] dy, int dyAt, float beta, float[] dx, int dxAt, int size) {
    for (int i = 0; i < size; i++) {
      float gradient = x[xAt + i] > 0 ? dy[dyAt + i] : 0f;
      dx[dxAt + i] = beta == 0 ? gradient : Math.fma(beta, dx[dxAt + i], gradient);
    }
  }
}
