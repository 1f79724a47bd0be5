package org.trispike.kernels.cpu;

import org.trispike.kernels.Tensor;

/** Sums, means and maxima over consecutive rows: the segments between offsets, in each slab. */
final class Segments {
  private final Lanes lanes;
  private final Workers workers;
  private final Normalization normalization;
  private final Identity identity = new Identity();

  Segments(Lanes lanes, Workers workers, Normalization normalization) {
    this.lanes = lanes;
    this.workers = workers;
    this.normalization = normalization;
  }

  void mean(int steps, Tensor x, int[] offsets, Tensor y) {
    int channels = x.columns();
    int rows = x.rows() / steps;
    workers.run(
        offsets.length - 1,
        b -> {
          double[] sums = new double[channels];
          for (int t = 0; t < steps; t++) {
            normalization.addColumnSums(
                array(x), x.offset(), t * rows + offsets[b], t * rows + offsets[b + 1], sums);
          }
          double count = (double) steps * (offsets[b + 1] - offsets[b]);
          for (int c = 0; c < channels; c++) {
            array(y)[y.offset() + b * channels + c] = count == 0 ? 0f : (float) (sums[c] / count);
          }
        });
  }

  void meanBackward(int steps, Tensor dy, int[] offsets, Tensor dx) {
    int channels = dx.columns();
    int rows = dx.rows() / steps;
    for (int b = 0; b < offsets.length - 1; b++) {
      float[] row = new float[channels];
      float scale = 1f / (steps * Math.max(1, offsets[b + 1] - offsets[b]));
      for (int c = 0; c < channels; c++) {
        row[c] = scale * at(dy, b * channels + c);
      }
      for (int t = 0; t < steps; t++) {
        for (int r = offsets[b]; r < offsets[b + 1]; r++) {
          System.arraycopy(row, 0, array(dx), dx.offset() + (t * rows + r) * channels, channels);
        }
      }
    }
  }

  void sum(int steps, Tensor x, int[] offsets, Tensor y) {
    int channels = x.columns();
    each(
        steps,
        x,
        offsets,
        (i, from, to) -> {
          double[] sums = new double[channels];
          normalization.addColumnSums(array(x), x.offset(), from, to, sums);
          for (int c = 0; c < channels; c++) {
            array(y)[y.offset() + i * channels + c] = (float) sums[c];
          }
        });
  }

  void addTo(int steps, Tensor y, int[] offsets, Tensor x) {
    int channels = x.columns();
    each(
        steps,
        x,
        offsets,
        (i, from, to) -> {
          for (int r = from; r < to; r++) {
            int at = x.offset() + r * channels;
            lanes.axpy(1f, array(y), y.offset() + i * channels, array(x), at, channels);
          }
        });
  }

  void max(int steps, Tensor x, int[] offsets, Tensor y, int[] winners) {
    int channels = x.columns();
    int[] rows = identity.of(x.rows());
    each(
        steps,
        x,
        offsets,
        (i, from, to) -> {
          int at = y.offset() + i * channels;
          lanes.columnMax(
              array(x), x.offset(), channels, rows, from, to, array(y), at, winners, i * channels);
        });
  }

  /** What is done with the rows {@code from} to {@code to} of segment i, through all slabs. */
  private interface Work {
    void of(int i, int from, int to);
  }

  private void each(int steps, Tensor x, int[] offsets, Work work) {
    int rows = x.rows() / steps;
    int segments = offsets.length - 1;
    workers.run(
        steps * segments,
        i -> {
          int slab = i / segments * rows;
          int b = i % segments;
          work.of(i, slab + offsets[b], slab + offsets[b + 1]);
        });
  }

  /** Adds what is not 0; windows that overlap may share a winner. */
  static void maxBackward(Tensor dy, int[] winners, Tensor dx) {
    int channels = dx.columns();
    for (int i = 0; i < winners.length; i++) {
      if (winners[i] >= 0) {
        array(dx)[dx.offset() + winners[i] * channels + i % channels] += at(dy, i);
      }
    }
  }

  private static float[] array(Tensor tensor) {
    return FloatPool.array(tensor);
  }

  private static float at(Tensor tensor, int i) {
    return array(tensor)[tensor.offset() + i];
  }
}
