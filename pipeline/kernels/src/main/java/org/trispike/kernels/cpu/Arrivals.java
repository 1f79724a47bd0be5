package org.trispike.kernels.cpu;

import java.util.Arrays;

/**
 * What arrives at a block of output rows: for each row the spikes of all input rows that it meets
 * under some offsets, strung together, each with the place of its row of weights.
 *
 * <p>Behind each string there is room for a vector, so that lists are appended by whole vectors,
 * and strings end with spikes of height 0 that make their length a multiple of {@link #STEP}.
 */
final class Arrivals {
  /** Elements behind a list or string that may be overwritten: a vector of 512 bits. */
  static final int SPARE = 16;

  /** Spikes that are added at a time. */
  static final int STEP = 4;

  private int[] begin = new int[0];
  private int[] end = new int[0];
  private int[] places = new int[0];
  private float[] heights = new float[0];

  /** Forgets all and takes {@code rows} rows to which nothing has been announced. */
  void open(int rows) {
    if (begin.length < rows) {
      begin = new int[rows];
      end = new int[rows];
    }
    Arrays.fill(begin, 0, rows, 0);
  }

  /** Announces the lists of input rows in[p] to output rows out[p], for p in [from, to). */
  void announce(
      RowSpikes spikes, int firstIn, int[] in, int[] out, int firstOut, int from, int to) {
    int[] counts = spikes.counts();
    for (int p = from; p < to; p++) {
      begin[out[p] - firstOut] += counts[firstIn + in[p]];
    }
  }

  /** Makes room for all that was announced. */
  void allot(int rows) {
    int next = 0;
    for (int r = 0; r < rows; r++) {
      int count = begin[r];
      begin[r] = next;
      end[r] = next;
      next += count + SPARE;
    }
    if (places.length < next) {
      places = new int[next + next / 2];
      heights = new float[next + next / 2];
    }
  }

  /** Fills the strings up to whole steps. */
  void close(int rows) {
    for (int r = 0; r < rows; r++) {
      int last = end[r];
      for (int i = last; i < last + STEP - 1; i++) {
        places[i] = 0;
        heights[i] = 0f;
      }
      end[r] = begin[r] + (last - begin[r] + STEP - 1) / STEP * STEP;
    }
  }

  int begin(int row) {
    return begin[row];
  }

  int end(int row) {
    return end[row];
  }

  /** Where the next spike of each row goes. */
  int[] ends() {
    return end;
  }

  int[] places() {
    return places;
  }

  float[] heights() {
    return heights;
  }
}
