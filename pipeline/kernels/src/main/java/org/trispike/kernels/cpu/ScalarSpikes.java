package org.trispike.kernels.cpu;

/** Spikes one by one: the twin of {@link VectorSpikes}, and its last columns. */
final class ScalarSpikes {
  private ScalarSpikes() {}

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
    int[] ends = arrivals.ends();
    for (int p = from; p < to; p++) {
      int row = firstIn + in[p];
      int at = spikes.begin(row);
      int next = ends[out[p] - firstOut];
      for (int i = at; i < at + spikes.counts()[row]; i++) {
        arrivals.places()[next] = spikes.places()[i] + shift;
        arrivals.heights()[next++] = spikes.heights()[i];
      }
      ends[out[p] - firstOut] = next;
    }
  }

  /** Columns j..n−1 of y, whose rows have n. */
  static void add(
      Arrivals arrivals, int rows, float[] w, int wAt, int n, int j, float[] y, int yAt) {
    for (int r = 0, yp = yAt; r < rows; r++, yp += n) {
      for (int e = arrivals.begin(r); e < arrivals.end(r); e++) {
        float height = arrivals.heights()[e];
        int wp = wAt + arrivals.places()[e];
        for (int c = j; c < n; c++) {
          y[yp + c] = Math.fma(height, w[wp + c], y[yp + c]);
        }
      }
    }
  }
}
