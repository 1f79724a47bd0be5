package org.trispike.kernels.cpu;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.trispike.kernels.Tensor;
import org.trispike.kernels.Window2d;

/**
 * Convolution of each channel with a kernel of its own, forward and to data and weights.
 *
 * <p>Channels go by blocks of a few vectors, which use cache lines whole, and a block's rows of
 * pixels by bands that stay in the second cache: they are copied to panels, one a vector, in which
 * the pixels of a row lie side by side, padded with zeros, so that no loop asks for borders. All
 * three ways are then one sum over taps ({@link Lanes#taps}): of the weights over x, of the weights
 * over dy, or of dy over x. Strides are undone by the panel, which keeps columns of one remainder
 * together, or by kernels, one for each remainder. Parts are cut by shape alone, so results do not
 * depend on the threads.
 */
final class DepthwiseConvolution {
  /** Channels of a block: two cache lines. */
  private static final int CHANNELS = 32;

  /** Floats of a block's panels: half of a small second cache. */
  private static final int PANELS = 1 << 16;

  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  private final Lanes lanes;
  private final Workers workers;
  private final int width;

  DepthwiseConvolution(Lanes lanes, Workers workers) {
    this.lanes = lanes;
    this.workers = workers;
    this.width = lanes.width();
  }

  /** What a thread keeps: for each vector of a block a panel and taps. Grows. */
  private static final class Scratch {
    private float[] panels = new float[0];
    private float[] taps = new float[0];
    private float[] sums = new float[0];
    private int panelFloats;
    private int tapFloats;

    void reserve(int vectors, int panelFloats, int tapFloats, int sumFloats) {
      this.panelFloats = panelFloats;
      this.tapFloats = tapFloats;
      panels = atLeast(vectors * panelFloats, panels);
      taps = atLeast(vectors * tapFloats, taps);
      sums = atLeast(sumFloats, sums);
    }

    private static float[] atLeast(int size, float[] values) {
      return values.length < size ? new float[size] : values;
    }
  }

  private void reserve(Scratch scratch, Block block, int panelVectors, int tapVectors) {
    int sums = Lanes.RUN * width;
    scratch.reserve(block.vectors(), panelVectors * width, tapVectors * width, sums);
  }

  /** Some channels of the images of a tensor. */
  private record Block(
      Tensor tensor, int height, int width, int channel, int channels, int vector) {
    float[] values() {
      return FloatPool.array(tensor);
    }

    int stride() {
      return tensor.columns();
    }

    int vectors() {
      return (channels + vector - 1) / vector;
    }

    /** Channels of vector {@code v}: all lanes but for the last vector. */
    int lanes(int v) {
      return Math.min(vector, channels - v * vector);
    }

    /** Place of a pixel's channels of vector {@code v}. */
    int at(int v, int image, int row, int column) {
      int pixel = (image * height + row) * width + column;
      return tensor.offset() + pixel * stride() + channel + v * vector;
    }
  }

  private Block input(Tensor tensor, Window2d window, int block) {
    return block(tensor, window.height(), window.width(), block);
  }

  private Block output(Tensor tensor, Window2d window, int block) {
    return block(tensor, window.outHeight(), window.outWidth(), block);
  }

  private Block block(Tensor tensor, int rows, int columns, int block) {
    int channel = block * CHANNELS;
    int channels = Math.min(tensor.columns() - channel, CHANNELS);
    return new Block(tensor, rows, columns, channel, channels, width);
  }

  private static int blocks(Tensor tensor) {
    return (tensor.columns() + CHANNELS - 1) / CHANNELS;
  }

  /**
   * A panel: rows of {@code columns} vectors for each remainder of columns by {@code stride}, with
   * {@code padding} columns of zeros in front.
   */
  private record Panel(int columns, int stride, int padding) {
    int length() {
      return columns * stride;
    }

    /** Where column {@code padded}, the padding counted, lies in a row. */
    int column(int padded) {
      return padded % stride * columns + padded / stride;
    }
  }

  /** Fills panels with rows [first, first + rows) and columns [0, end) of an image. */
  private void copy(
      Block from, int image, int first, int rows, int end, Panel panel, Scratch scratch) {
    int length = panel.length() * width;
    for (int i = 0; i < rows; i++) {
      for (int v = 0; v < from.vectors(); v++) {
        int to = v * scratch.panelFloats + i * length;
        Arrays.fill(scratch.panels, to, to + length, 0f);
        if (first + i >= 0 && first + i < from.height()) {
          copyRow(from, v, image, first + i, end, panel, scratch.panels, to);
        }
      }
    }
  }

  private void copyRow(
      Block from, int v, int image, int row, int end, Panel panel, float[] panels, int to) {
    int s = panel.stride();
    for (int column = 0; column < Math.min(s, end); column++) {
      int count = (end - column + s - 1) / s;
      int at = from.at(v, image, row, column);
      int place = to + panel.column(column + panel.padding()) * width;
      lanes.gather(from.values(), at, s * from.stride(), count, from.lanes(v), panels, place);
    }
  }

  /**
   * The taps of sums: which offsets of the kernel they are, and where what they meet lies in the
   * panel.
   */
  private record Taps(int[] offset, int[] place) {
    void copy(Lanes lanes, Tensor weights, Block block, Scratch scratch) {
      float[] from = FloatPool.array(weights);
      for (int v = 0; v < block.vectors(); v++) {
        for (int j = 0; j < offset.length; j++) {
          int channel = block.channel() + v * lanes.width();
          int at = weights.offset() + offset[j] * weights.columns() + channel;
          int to = v * scratch.tapFloats + j * lanes.width();
          lanes.gather(from, at, 0, 1, block.lanes(v), scratch.taps, to);
        }
      }
    }
  }

  private static int runs(int count) {
    return (count + Lanes.RUN - 1) / Lanes.RUN * Lanes.RUN;
  }

  /** Rows of outputs whose panel, of rows of so many vectors, is as large as it should be. */
  private int band(Window2d window, int length) {
    return Math.max(1, (PANELS / (length * CHANNELS) - window.kernel()) / window.stride() + 1);
  }

  private static int seen(Window2d window, int outputs) {
    return (outputs - 1) * window.stride() + window.kernel();
  }

  /** Columns of an image that windows see. */
  private static int end(Window2d window) {
    return Math.min(window.width(), window.meets(window.outWidth() - 1, window.kernel()));
  }

  void forward(Tensor x, Tensor weights, Window2d window, Tensor y) {
    int s = window.stride();
    int columns = (window.kernel() - 1) / s + runs(window.outWidth());
    Panel panel = new Panel(columns, s, window.padding());
    int[] all = IntStream.range(0, window.offsets()).toArray();
    int[] place = new int[window.offsets()];
    for (int k = 0; k < place.length; k++) {
      int column = panel.column(k % window.kernel());
      place[k] = (k / window.kernel() * panel.length() + column) * width;
    }
    Taps taps = new Taps(all, place);
    int band = band(window, panel.length());
    int blocks = blocks(x);
    workers.run(
        x.rows() / window.inRows() * blocks,
        part -> {
          int image = part / blocks;
          Block from = input(x, window, part % blocks);
          Block to = output(y, window, part % blocks);
          Scratch scratch = SCRATCH.get();
          reserve(scratch, from, seen(window, band) * panel.length(), place.length);
          taps.copy(lanes, weights, from, scratch);
          for (int first = 0; first < window.outHeight(); first += band) {
            int last = Math.min(window.outHeight(), first + band);
            int rows = seen(window, last - first);
            copy(from, image, window.meets(first, 0), rows, end(window), panel, scratch);
            for (int v = 0; v < from.vectors(); v++) {
              for (int row = first; row < last; row++) {
                int at = (row - first) * s * panel.length() * width;
                int count = window.outWidth();
                int pixel = to.at(v, image, row, 0);
                sum(scratch, v, at, place, 0, place.length, 0f, to, pixel, count, 1);
              }
            }
          }
        });
  }

  /**
   * The sums over taps [from, end) for {@code count} pixels of a row, from the one at {@code pixel}
   * on, {@code step} pixels apart; what the first sees begins at {@code at} of the panel.
   */
  private void sum(
      Scratch scratch,
      int v,
      int at,
      int[] places,
      int from,
      int end,
      float beta,
      Block to,
      int pixel,
      int count,
      int step) {
    int stride = step * to.stride();
    float[] panels = scratch.panels;
    float[] sums = scratch.sums;
    int place = v * scratch.panelFloats + at;
    for (int i = 0; i < count; i += Lanes.RUN) {
      int run = Math.min(count - i, Lanes.RUN);
      lanes.taps(
          panels, place + i * width, places, scratch.taps, v * scratch.tapFloats, from, end, sums);
      lanes.scatter(sums, run, to.lanes(v), beta, to.values(), pixel + i * stride, stride);
    }
  }

  /**
   * Pixel q s + r − padding sees the weights r, r + s, … at the outputs q, q − 1, …: each pair of
   * remainders r, of the row and of the column, has a kernel of its own.
   */
  void backwardData(Tensor dy, Tensor weights, Window2d window, float beta, Tensor dx) {
    int s = window.stride();
    int before = (window.kernel() - 1) / s;
    int height = (window.height() - 1 + window.padding()) / s + 1;
    int reach = (window.width() - 1 + window.padding()) / s + 1;
    Panel panel = new Panel(before + runs(reach) + Lanes.RUN, 1, before);
    int[] start = new int[s * s + 1];
    Taps taps = byRemainder(window, panel.length(), start);
    int band = Math.max(1, PANELS / (panel.length() * CHANNELS) - before);
    int blocks = blocks(dx);
    workers.run(
        dx.rows() / window.inRows() * blocks,
        part -> {
          int image = part / blocks;
          Block from = output(dy, window, part % blocks);
          Block to = input(dx, window, part % blocks);
          Scratch scratch = SCRATCH.get();
          reserve(scratch, from, (band + before) * panel.length(), window.offsets());
          taps.copy(lanes, weights, from, scratch);
          for (int first = 0; first < height; first += band) {
            int last = Math.min(height, first + band);
            int rows = last - first + before;
            copy(from, image, first - before, rows, window.outWidth(), panel, scratch);
            for (int q = first; q < last; q++) {
              int at = (q - first + before) * panel.length() + before;
              for (int r = 0; r < s * s; r++) {
                int row = q * s + r / s - window.padding();
                // The first pixel of this remainder that the image has.
                int q0 = Math.max(0, window.padding() - r % s + s - 1) / s;
                int column = q0 * s + r % s - window.padding();
                int count = (window.width() - column + s - 1) / s;
                if (row < 0 || row >= window.height() || count <= 0) {
                  continue;
                }
                for (int v = 0; v < from.vectors(); v++) {
                  int seen = (at + q0) * width;
                  int pixel = to.at(v, image, row, column);
                  int end = start[r + 1];
                  sum(scratch, v, seen, taps.place, start[r], end, beta, to, pixel, count, s);
                }
              }
            }
          }
        });
  }

  /** The taps of remainder (r / s, r % s) are start[r]..start[r + 1]. */
  private Taps byRemainder(Window2d window, int length, int[] start) {
    int s = window.stride();
    int[] offset = new int[window.offsets()];
    int[] place = new int[window.offsets()];
    int taps = 0;
    for (int r = 0; r < s * s; r++) {
      for (int row = r / s; row < window.kernel(); row += s) {
        for (int column = r % s; column < window.kernel(); column += s) {
          offset[taps] = row * window.kernel() + column;
          place[taps++] = -(row / s * length + column / s) * width;
        }
      }
      start[r + 1] = taps;
    }
    return new Taps(offset, place);
  }

  /** Adds to dWeights: a run of offsets of a kernel's row is a run of sums over dy. */
  void backwardWeights(Tensor x, Tensor dy, Window2d window, Tensor dWeights) {
    int s = window.stride();
    int perRow = (window.kernel() + s - 1) / s;
    Panel panel = new Panel(window.outWidth() - 1 + runs(perRow), s, window.padding());
    int band = Math.min(band(window, panel.length()), window.outHeight());
    int[] place = new int[band * window.outWidth()];
    for (int i = 0; i < place.length; i++) {
      int row = i / window.outWidth() * s;
      place[i] = (row * panel.length() + i % window.outWidth()) * width;
    }
    workers.run(
        blocks(x),
        block -> {
          Block from = input(x, window, block);
          Block by = output(dy, window, block);
          Block to = block(dWeights, window.kernel(), window.kernel(), block);
          Scratch scratch = SCRATCH.get();
          reserve(scratch, from, seen(window, band) * panel.length(), place.length);
          for (int image = 0; image < x.rows() / window.inRows(); image++) {
            for (int first = 0; first < window.outHeight(); first += band) {
              int last = Math.min(window.outHeight(), first + band);
              int rows = seen(window, last - first);
              copy(from, image, window.meets(first, 0), rows, end(window), panel, scratch);
              int taps = (last - first) * window.outWidth();
              for (int v = 0; v < from.vectors(); v++) {
                int at = by.at(v, image, first, 0);
                int tapsAt = v * scratch.tapFloats;
                lanes.gather(by.values(), at, by.stride(), taps, by.lanes(v), scratch.taps, tapsAt);
              }
              for (int i = 0; i < window.kernel() * Math.min(s, window.kernel()); i++) {
                int row = i % window.kernel();
                int r = i / window.kernel();
                int seen = (row * panel.length() + panel.column(r)) * width;
                int count = (window.kernel() - r + s - 1) / s;
                for (int v = 0; v < from.vectors(); v++) {
                  sum(scratch, v, seen, place, 0, taps, 1f, to, to.at(v, 0, row, r), count, s);
                }
              }
            }
          }
        });
  }
}
