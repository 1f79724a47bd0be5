package org.trispike.kernels.cpu;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.trispike.kernels.Neuron;

/** Inner loops with the Vector API at the CPU's own width; tails fall to {@link ScalarLanes}. */
final class VectorLanes implements Lanes {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> ROWS = VectorSpecies.of(int.class, S.vectorShape());
  private static final int W = S.length();

  /** Rows from which on packing pays. */
  private static final int PACKING_ROWS = 48;

  /** As many bytes as there are floats in a vector. */
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Byte.SIZE * W));

  @Override
  public int width() {
    return W;
  }

  @Override
  public String description() {
    return "vector, " + S.vectorBitSize() + " bit";
  }

  @Override
  public boolean packs(int n, int rows) {
    return VectorRows.panel(n, 0) < n && rows >= PACKING_ROWS;
  }

  @Override
  public void pack(
      boolean transposed, float[] w, int wAt, int stride, int k, int n, float[] out, int outAt) {
    for (int j = 0; j < n; ) {
      int width = VectorRows.panel(n, j);
      int at = outAt + k * j;
      if (transposed) {
        Transpose.transpose(w, wAt + j * stride, stride, width, k, out, at);
      } else {
        for (int i = 0; i < k; i++) {
          System.arraycopy(w, wAt + i * stride + j, out, at + i * width, width);
        }
      }
      j += width;
    }
  }

  @Override
  public void rows(
      Gather x, float[] w, int wAt, boolean packed, int k, int n, Gather y, int from, int to) {
    VectorRows.rows(x, w, wAt, packed, k, n, y, from, to);
  }

  @Override
  public void outer(
      Gather x, int first, int last, Gather y, int n, int from, int to, float[] w, int wAt) {
    VectorOuter.outer(x, first, last, y, n, from, to, w, wAt);
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
    VectorSpikes.append(spikes, firstIn, in, out, firstOut, from, to, shift, arrivals);
  }

  @Override
  public void addArrivals(
      Arrivals arrivals, int rows, float[] w, int wAt, int n, float[] y, int yAt) {
    VectorSpikes.add(arrivals, rows, w, wAt, n, y, yAt);
  }

  @Override
  public void gather(
      float[] x, int xAt, int stride, int count, int lanes, float[] vectors, int vectorsAt) {
    VectorImages.gather(x, xAt, stride, count, lanes, vectors, vectorsAt);
  }

  @Override
  public void taps(
      float[] x, int xAt, int[] offsets, float[] w, int wAt, int from, int to, float[] sums) {
    VectorImages.taps(x, xAt, offsets, w, wAt, from, to, sums);
  }

  @Override
  public void scatter(
      float[] vectors, int count, int lanes, float beta, float[] y, int yAt, int stride) {
    VectorImages.scatter(vectors, count, lanes, beta, y, yAt, stride);
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
    VectorImages.weightedRows(x, xAt, channels, rows, weights, count, beta, y, yAt);
  }

  @Override
  public void axpy(float alpha, float[] x, int xAt, float[] y, int yAt, int size) {
    int i = 0;
    FloatVector a = FloatVector.broadcast(S, alpha);
    for (; i + W <= size; i += W) {
      FloatVector.fromArray(S, x, xAt + i)
          .fma(a, FloatVector.fromArray(S, y, yAt + i))
          .intoArray(y, yAt + i);
    }
    for (; i < size; i++) {
      y[yAt + i] = Math.fma(alpha, x[xAt + i], y[yAt + i]);
    }
  }

  @Override
  public void add(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int size) {
    int i = 0;
    for (; i + W <= size; i += W) {
      FloatVector.fromArray(S, a, aAt + i)
          .add(FloatVector.fromArray(S, b, bAt + i))
          .intoArray(out, outAt + i);
    }
    for (; i < size; i++) {
      out[outAt + i] = a[aAt + i] + b[bAt + i];
    }
  }

  @Override
  public void unpack(byte[] w, int wAt, int size, float[] out, int outAt) {
    int i = 0;
    for (; i + W <= size; i += W) {
      ((FloatVector)
              ByteVector.fromArray(BYTES, w, wAt + i).convertShape(VectorOperators.B2F, S, 0))
          .intoArray(out, outAt + i);
    }
    for (; i < size; i++) {
      out[outAt + i] = w[wAt + i];
    }
  }

  @Override
  public void addRow(float[] row, int rowAt, int channels, int from, int to, float[] x, int xAt) {
    int whole = channels / W * W;
    for (int c = 0; c < whole; c += W) {
      FloatVector shift = FloatVector.fromArray(S, row, rowAt + c);
      for (int i = xAt + from * channels + c; i < xAt + to * channels; i += channels) {
        FloatVector.fromArray(S, x, i).add(shift).intoArray(x, i);
      }
    }
    if (whole < channels) {
      ScalarLanes.addRow(row, rowAt, channels, whole, from, to, x, xAt);
    }
  }

  @Override
  public float sum(float[] x, int xAt, int size) {
    FloatVector even = FloatVector.zero(S);
    FloatVector odd = FloatVector.zero(S);
    int i = 0;
    for (; i + 2 * W <= size; i += 2 * W) {
      even = even.add(FloatVector.fromArray(S, x, xAt + i));
      odd = odd.add(FloatVector.fromArray(S, x, xAt + i + W));
    }
    float sum = even.add(odd).reduceLanes(VectorOperators.ADD);
    for (; i < size; i++) {
      sum += x[xAt + i];
    }
    return sum;
  }

  @Override
  public void columnSums(float[] x, int xAt, int channels, int from, int to, float[] sums) {
    int c = 0;
    for (; c + W <= channels; c += W) {
      FloatVector even = FloatVector.zero(S);
      FloatVector odd = FloatVector.zero(S);
      int r = from;
      for (; r + 2 <= to; r += 2) {
        even = even.add(FloatVector.fromArray(S, x, xAt + r * channels + c));
        odd = odd.add(FloatVector.fromArray(S, x, xAt + (r + 1) * channels + c));
      }
      if (r < to) {
        even = even.add(FloatVector.fromArray(S, x, xAt + r * channels + c));
      }
      even.add(odd).intoArray(sums, c);
    }
    ScalarLanes.columnSums(x, xAt, channels, c, from, to, sums);
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
    int c = 0;
    for (; from < to && c + W <= channels; c += W) {
      FloatVector most = FloatVector.fromArray(S, x, xAt + rows[from] * channels + c);
      IntVector winner = IntVector.broadcast(ROWS, rows[from]);
      for (int i = from + 1; i < to; i++) {
        FloatVector value = FloatVector.fromArray(S, x, xAt + rows[i] * channels + c);
        VectorMask<Float> more = value.compare(VectorOperators.GT, most);
        most = most.blend(value, more);
        winner = winner.blend(rows[i], more.cast(ROWS));
      }
      most.intoArray(y, yAt + c);
      if (winners != null) {
        winner.intoArray(winners, winnersAt + c);
      }
    }
    ScalarLanes.columnMax(x, xAt, channels, c, rows, from, to, y, yAt, winners, winnersAt);
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
    int c = 0;
    for (; c + W <= channels; c += W) {
      FloatVector m = FloatVector.fromArray(S, mean, c);
      FloatVector sum = FloatVector.zero(S);
      FloatVector square = FloatVector.zero(S);
      for (int r = from; r < to; r++) {
        FloatVector d = FloatVector.fromArray(S, x, xAt + r * channels + c).sub(m);
        sum = sum.add(d);
        square = d.fma(d, square);
      }
      sum.intoArray(sums, c);
      square.intoArray(squares, c);
    }
    ScalarLanes.columnSquares(x, xAt, channels, c, from, to, mean, sums, squares);
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
    int c = 0;
    for (; c + W <= channels; c += W) {
      FloatVector m = FloatVector.fromArray(S, mean, c);
      FloatVector sum = FloatVector.zero(S);
      FloatVector product = FloatVector.zero(S);
      for (int r = from; r < to; r++) {
        FloatVector g = FloatVector.fromArray(S, dy, dyAt + r * channels + c);
        sum = sum.add(g);
        product = g.fma(FloatVector.fromArray(S, x, xAt + r * channels + c).sub(m), product);
      }
      sum.intoArray(sums, c);
      product.intoArray(products, c);
    }
    ScalarLanes.columnProducts(dy, dyAt, x, xAt, channels, c, from, to, mean, sums, products);
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
    int whole = channels / W * W;
    for (int c = 0; c < whole; c += W) {
      FloatVector m = FloatVector.fromArray(S, mean, c);
      FloatVector a = FloatVector.fromArray(S, scale, c);
      FloatVector b = FloatVector.fromArray(S, shift, c);
      for (int i = from * channels + c; i < to * channels; i += channels) {
        FloatVector value = FloatVector.fromArray(S, x, xAt + i).sub(m).fma(a, b);
        if (rest != null) {
          value = value.add(FloatVector.fromArray(S, rest, restAt + i));
        }
        value.intoArray(y, yAt + i);
      }
    }
    ScalarLanes.affine(x, xAt, channels, whole, from, to, mean, scale, shift, rest, restAt, y, yAt);
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
    int whole = channels / W * W;
    for (int j = 0; j < whole; j += W) {
      FloatVector va = FloatVector.fromArray(S, a, j);
      FloatVector vb = FloatVector.fromArray(S, b, j);
      FloatVector vc = FloatVector.fromArray(S, c, j);
      for (int i = from * channels + j; i < to * channels; i += channels) {
        FloatVector.fromArray(S, dy, dyAt + i)
            .fma(va, FloatVector.fromArray(S, x, xAt + i).fma(vb, vc))
            .intoArray(dx, dxAt + i);
      }
    }
    ScalarLanes.affine2(dy, dyAt, x, xAt, channels, whole, from, to, a, b, c, dx, dxAt);
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
    int rest = VectorNeurons.spikes(neuron, steps, slab, x, xAt, u, uAt, s, sAt, from, to);
    ScalarNeurons.spikes(neuron, steps, slab, x, xAt, u, uAt, s, sAt, rest, to);
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
    int rest =
        VectorNeurons.spikesBackward(
            neuron, steps, slab, u, uAt, ds, dsAt, beta, dx, dxAt, from, to);
    ScalarNeurons.spikesBackward(neuron, steps, slab, u, uAt, ds, dsAt, beta, dx, dxAt, rest, to);
  }

  @Override
  public void relu(float[] x, int xAt, float[] y, int yAt, int size) {
    FloatVector zero = FloatVector.zero(S);
    int i = 0;
    for (; i + W <= size; i += W) {
      FloatVector.fromArray(S, x, xAt + i).max(zero).intoArray(y, yAt + i);
    }
    for (; i < size; i++) {
      y[yAt + i] = Math.max(0f, x[xAt + i]);
    }
  }

  @Override
  public void reluGradient(
      float[] x, int xAt, float[] dy, int dyAt, float beta, float[] dx, int dxAt, int size) {
    FloatVector zero = FloatVector.zero(S);
    int i = 0;
    for (; i + W <= size; i += W) {
      FloatVector gradient =
          zero.blend(
              FloatVector.fromArray(S, dy, dyAt + i),
              FloatVector.fromArray(S, x, xAt + i).compare(VectorOperators.GT, 0f));
      if (beta != 0) {
        gradient = FloatVector.fromArray(S, dx, dxAt + i).mul(beta).add(gradient);
      }
      gradient.intoArray(dx, dxAt + i);
    }
    if (i < size) {
      new ScalarLanes().reluGradient(x, xAt + i, dy, dyAt + i, beta, dx, dxAt + i, size - i);
    }
  }
}
