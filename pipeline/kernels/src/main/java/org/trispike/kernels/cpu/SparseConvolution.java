package org.trispike.kernels.cpu;

import java.util.Arrays;
import org.trispike.kernels.Int8Weights;
import org.trispike.kernels.Rulebook;
import org.trispike.kernels.Tensor;

/**
 * Sparse convolution by fused gather, product and scatter.
 *
 * <p>Work goes by blocks of output rows that, with the input rows they meet, stay in the second
 * cache while all offsets pass: the pairs of an offset are sorted, so a block's pairs are a range.
 * Blocks and partial sums are cut by shape alone, so results do not depend on the threads.
 */
final class SparseConvolution {
  /** Floats of input and output that one block of rows should touch. */
  private static final int BLOCK = 1 << 16;

  /** Gradients of at most this many weights are summed by parts of the rows, one copy each. */
  private static final int SMALL_WEIGHTS = 1 << 17;

  private static final int ROW_PARTS = 4;

  /** Input channels of a part of a linear map's gradient, which has no offsets to be cut by. */
  private static final int TILE = 64;

  private final Lanes lanes;
  private final Workers workers;
  private final FloatPool pool;

  SparseConvolution(Lanes lanes, Workers workers, FloatPool pool) {
    this.lanes = lanes;
    this.workers = workers;
    this.pool = pool;
  }

  void forward(Tensor x, Tensor weights, Rulebook rulebook, Tensor y) {
    int ci = x.columns();
    int co = y.columns();
    Side in = new Side(x, rulebook.in(), rulebook.inRows());
    Side out = new Side(y, rulebook.out(), rulebook.outRows());
    int[] start = rulebook.start();
    if (lanes.packs(co, rulebook.pairs() / Math.max(1, rulebook.offsets()))) {
      FloatPool.Heap packed = pack(false, weights, rulebook.offsets(), ci, co);
      convolve(in, packed.values(), 0, true, start, 0f, out);
      pool.give(packed);
    } else {
      convolve(in, FloatPool.array(weights), weights.offset(), false, start, 0f, out);
    }
  }

  /**
   * With weights of 8 bits, which become floats on their way: where the rows are few, matrix by
   * matrix in the first caches, so that only bytes come from memory. Sums of integers do not round.
   */
  void forward(Tensor x, Int8Weights weights, Rulebook rulebook, Tensor y) {
    int matrix = weights.in() * weights.out();
    Side in = new Side(x, rulebook.in(), rulebook.inRows());
    Side out = new Side(y, rulebook.out(), rulebook.outRows());
    boolean few = y.rows() <= blockRows(weights.in() + weights.out());
    FloatPool.Heap floats = pool.take(few ? matrix : weights.values().length);
    if (few) {
      scale(FloatPool.array(y), y.offset(), y.offset() + y.size(), 0f);
      for (int o = 0; o < weights.offsets(); o++) {
        lanes.unpack(weights.values(), o * matrix, matrix, floats.values(), 0);
        for (int t = 0; t < out.slabs(); t++) {
          int from = rulebook.start()[o];
          int to = rulebook.start()[o + 1];
          int n = weights.out();
          lanes.rows(in.slab(t), floats.values(), 0, false, weights.in(), n, out.slab(t), from, to);
        }
      }
    } else {
      workers.run(
          weights.offsets(),
          o -> lanes.unpack(weights.values(), o * matrix, matrix, floats.values(), o * matrix));
      convolve(in, floats.values(), 0, false, rulebook.start(), 0f, out);
    }
    pool.give(floats);
    scaleColumns(y, weights.scales());
  }

  private void scaleColumns(Tensor y, float[] scales) {
    float[] zeros = new float[y.columns()];
    float[] values = FloatPool.array(y);
    int at = y.offset();
    int columns = y.columns();
    workers.rows(
        y.rows(),
        (from, to) ->
            lanes.affine(values, at, columns, from, to, zeros, scales, zeros, null, 0, values, at));
  }

  void backwardData(Tensor dy, Tensor weights, Rulebook rulebook, float beta, Tensor dx) {
    FloatPool.Heap packed = pack(true, weights, rulebook.offsets(), dy.columns(), dx.columns());
    Side in = new Side(dx, rulebook.in(), rulebook.inRows());
    Side out = new Side(dy, rulebook.out(), rulebook.outRows());
    convolve(out, packed.values(), 0, true, rulebook.start(), beta, in);
    pool.give(packed);
  }

  /** One end of the pairs: {@code rows} of {@code height} picked in each slab of the tensor. */
  private record Side(Tensor tensor, int[] rows, int height) {
    int slabs() {
      return height == 0 ? 0 : tensor.rows() / height;
    }

    int channels() {
      return tensor.columns();
    }

    /** Position of row {@code row} of slab {@code t}. */
    int at(int t, int row) {
      return tensor.offset() + (t * height + row) * channels();
    }

    Gather slab(int t) {
      return new Gather(FloatPool.array(tensor), at(t, 0), channels(), rows);
    }
  }

  private FloatPool.Heap pack(boolean transposed, Tensor weights, int offsets, int k, int n) {
    FloatPool.Heap packed = pool.take(weights.size());
    float[] w = FloatPool.array(weights);
    workers.run(
        offsets,
        o -> {
          int at = o * k * n;
          int stride = transposed ? k : n;
          lanes.pack(transposed, w, weights.offset() + at, stride, k, n, packed.values(), at);
        });
    return packed;
  }

  /** to = from · W + beta · to. */
  private void convolve(
      Side from, float[] w, int wAt, boolean packed, int[] start, float beta, Side to) {
    int k = from.channels();
    int n = to.channels();
    int block = blockRows(k + n);
    int blocks = (to.height() + block - 1) / block;
    workers.run(
        blocks * to.slabs(),
        part -> {
          int t = part / blocks;
          int first = part % blocks * block;
          int last = Math.min(to.height(), first + block);
          Gather x = from.slab(t);
          Gather y = to.slab(t);
          scale(y.values(), to.at(t, first), to.at(t, last), beta);
          for (int o = 0; o + 1 < start.length; o++) {
            int p = lowerBound(to.rows(), start[o], start[o + 1], first);
            int end =
                last == to.height() ? start[o + 1] : lowerBound(to.rows(), p, start[o + 1], last);
            lanes.rows(x, w, wAt + o * k * n, packed, k, n, y, p, end);
          }
        });
  }

  void backwardWeights(Tensor x, Tensor dy, Rulebook rulebook, float beta, Tensor dWeights) {
    float[] dw = FloatPool.array(dWeights);
    scale(dw, dWeights.offset(), dWeights.offset() + dWeights.size(), beta);
    Side in = new Side(x, rulebook.in(), rulebook.inRows());
    Side out = new Side(dy, rulebook.out(), rulebook.outRows());
    if (dWeights.size() > SMALL_WEIGHTS) {
      int[] start = rulebook.start();
      int channels = in.channels();
      int tile = rulebook.offsets() == 1 ? TILE : channels;
      int tiles = (channels + tile - 1) / tile;
      workers.run(
          rulebook.offsets() * tiles,
          part -> {
            int o = part / tiles;
            int first = part % tiles * tile;
            int last = Math.min(channels, first + tile);
            int at = dWeights.offset();
            weightGradient(in, out, o, first, last, start[o], start[o + 1], dw, at);
          });
      return;
    }
    FloatPool.Heap[] sums = new FloatPool.Heap[ROW_PARTS];
    for (int i = 0; i < ROW_PARTS; i++) {
      sums[i] = pool.take(dWeights.size());
    }
    int rows = (rulebook.outRows() + ROW_PARTS - 1) / ROW_PARTS;
    workers.run(
        ROW_PARTS,
        part -> {
          float[] sum = sums[part].values();
          Arrays.fill(sum, 0, dWeights.size(), 0f);
          int end = Math.min(rulebook.outRows(), (part + 1) * rows);
          int block = blockRows(in.channels() + out.channels());
          for (int row = part * rows; row < end; row += block) {
            weightGradients(in, out, rulebook.start(), row, Math.min(end, row + block), sum);
          }
        });
    for (FloatPool.Heap sum : sums) {
      lanes.axpy(1f, sum.values(), 0, dw, dWeights.offset(), dWeights.size());
      pool.give(sum);
    }
  }

  private void weightGradients(Side in, Side out, int[] start, int first, int last, float[] sum) {
    for (int o = 0; o + 1 < start.length; o++) {
      int p = lowerBound(out.rows(), start[o], start[o + 1], first);
      int end = lowerBound(out.rows(), p, start[o + 1], last);
      weightGradient(in, out, o, 0, in.channels(), p, end, sum, 0);
    }
  }

  /** Of the input channels [first, last). */
  private void weightGradient(
      Side in, Side out, int offset, int first, int last, int from, int to, float[] dw, int dwAt) {
    int at = dwAt + offset * in.channels() * out.channels();
    for (int t = 0; t < in.slabs(); t++) {
      lanes.outer(in.slab(t), first, last, out.slab(t), out.channels(), from, to, dw, at);
    }
  }

  private static int blockRows(int channels) {
    return Math.max(128, BLOCK / Math.max(1, channels));
  }

  private void scale(float[] values, int from, int to, float beta) {
    if (beta == 0f) {
      Arrays.fill(values, from, to, 0f);
    } else if (beta != 1f) {
      for (int i = from; i < to; i++) {
        values[i] *= beta;
      }
    }
  }

  /** First position in [from, to) of the rising {@code values} that is at least {@code bound}. */
  static int lowerBound(int[] values, int from, int to, int bound) {
    if (bound == 0) {
      return from;
    }
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (values[middle] < bound) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
