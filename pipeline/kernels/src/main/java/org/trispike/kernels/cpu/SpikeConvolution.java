package org.trispike.kernels.cpu;

import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.trispike.kernels.Rulebook;
import org.trispike.kernels.Tensor;

/**
 * Sparse convolution driven by the spikes of its input: each adds its multiple of a row of weights
 * to the output rows that it reaches, and what did not fire is never multiplied.
 *
 * <p>The spikes of each input row are listed once. Then work goes by blocks of output rows and
 * groups of offsets whose weights stay in the second cache: the lists that an output row meets are
 * strung together, two passes over the pairs, and added up with the row in registers. What is
 * gathered is lists, never rows. Time O(elements of x + pairs + spikes that arrive · C_out), so it
 * loses to {@link SparseConvolution} where most of x fires. Blocks are cut by shape alone, so
 * results do not depend on the threads.
 */
final class SpikeConvolution {
  /** Output rows of one block, at most and at least. */
  private static final int MOST_ROWS = 512;

  private static final int LEAST_ROWS = 64;

  /** Floats of output that one block should hold. */
  private static final int BLOCK = 1 << 15;

  /** Floats of weights of a group of offsets, a part of the second cache. */
  private static final int GROUP = 1 << 15;

  /** Rows whose spikes are listed by one part. */
  private static final int LISTED = 2048;

  private final Lanes lanes;
  private final Workers workers;
  private final RowSpikes spikes = new RowSpikes();
  private final ConcurrentLinkedQueue<Arrivals> idle = new ConcurrentLinkedQueue<>();

  SpikeConvolution(Lanes lanes, Workers workers) {
    this.lanes = lanes;
    this.workers = workers;
  }

  void forward(Tensor x, Tensor weights, Rulebook rulebook, Tensor y) {
    int height = rulebook.outRows();
    if (height == 0) {
      return;
    }
    list(x, y.columns());
    int rows = Math.max(LEAST_ROWS, Math.min(MOST_ROWS, BLOCK / Math.max(1, y.columns())));
    int blocks = (height + rows - 1) / rows;
    workers.run(
        blocks * (y.rows() / height),
        part -> {
          int first = part % blocks * rows;
          int last = Math.min(height, first + rows);
          Arrivals arrivals = idle.poll();
          arrivals = arrivals == null ? new Arrivals() : arrivals;
          block(x, weights, rulebook, part / blocks, first, last, y, arrivals);
          idle.add(arrivals);
        });
  }

  private void list(Tensor x, int stride) {
    spikes.reserve(x.rows(), x.columns());
    workers.run(
        (x.rows() + LISTED - 1) / LISTED,
        part ->
            spikes.list(
                FloatPool.array(x),
                x.offset(),
                part * LISTED,
                Math.min(x.rows(), (part + 1) * LISTED),
                stride));
  }

  /** Output rows [first, last) of slab t. */
  private void block(
      Tensor x,
      Tensor weights,
      Rulebook rulebook,
      int t,
      int first,
      int last,
      Tensor y,
      Arrivals arrivals) {
    int n = y.columns();
    int firstIn = t * rulebook.inRows();
    int yAt = y.offset() + (t * rulebook.outRows() + first) * n;
    float[] ys = FloatPool.array(y);
    Arrays.fill(ys, yAt, yAt + (last - first) * n, 0f);
    int matrix = x.columns() * n;
    int[] from = new int[rulebook.offsets()];
    int[] to = new int[rulebook.offsets()];
    ranges(rulebook, first, last, from, to);
    int group = Math.max(1, GROUP / Math.max(1, matrix));
    for (int begin = 0; begin < from.length; begin += group) {
      int end = Math.min(from.length, begin + group);
      arrivals.open(last - first);
      for (int o = begin; o < end; o++) {
        arrivals.announce(spikes, firstIn, rulebook.in(), rulebook.out(), first, from[o], to[o]);
      }
      arrivals.allot(last - first);
      for (int o = begin; o < end; o++) {
        int shift = o * matrix;
        lanes.append(
            spikes, firstIn, rulebook.in(), rulebook.out(), first, from[o], to[o], shift, arrivals);
      }
      arrivals.close(last - first);
      lanes.addArrivals(
          arrivals, last - first, FloatPool.array(weights), weights.offset(), n, ys, yAt);
    }
  }

  /** The pairs of each offset whose output rows lie in [first, last). */
  private static void ranges(Rulebook rulebook, int first, int last, int[] from, int[] to) {
    int[] start = rulebook.start();
    int[] out = rulebook.out();
    for (int o = 0; o < from.length; o++) {
      from[o] = SparseConvolution.lowerBound(out, start[o], start[o + 1], first);
      to[o] =
          last == rulebook.outRows()
              ? start[o + 1]
              : SparseConvolution.lowerBound(out, from[o], start[o + 1], last);
    }
  }
}
