package org.trispike.kernels.cpu;

import org.trispike.kernels.Resampling;
import org.trispike.kernels.Tensor;
import org.trispike.kernels.Window2d;

/** Maxima over windows, and images at other sizes, a row of outputs after the other. */
final class Images {
  private final Lanes lanes;
  private final Workers workers;

  Images(Lanes lanes, Workers workers) {
    this.lanes = lanes;
    this.workers = workers;
  }

  void maxPool(Tensor x, Window2d window, Tensor y, int[] winners) {
    int channels = x.columns();
    int height = window.outHeight();
    workers.run(
        x.rows() / window.inRows() * height,
        part -> {
          int image = part / height * window.inRows();
          int[] rows = new int[window.offsets()];
          for (int column = 0; column < window.outWidth(); column++) {
            int count = seen(window, image, part % height, column, rows);
            int at = (part * window.outWidth() + column) * channels;
            lanes.columnMax(
                FloatPool.array(x),
                x.offset(),
                channels,
                rows,
                0,
                count,
                FloatPool.array(y),
                y.offset() + at,
                winners,
                at);
          }
        });
  }

  /** The pixels that the window sees at an output, as rows of x; returns how many. */
  private static int seen(Window2d window, int image, int outRow, int outColumn, int[] rows) {
    int count = 0;
    int top = window.meets(outRow, 0);
    int left = window.meets(outColumn, 0);
    int bottom = Math.min(window.height(), top + window.kernel());
    int right = Math.min(window.width(), left + window.kernel());
    for (int row = Math.max(0, top); row < bottom; row++) {
      for (int column = Math.max(0, left); column < right; column++) {
        rows[count++] = image + row * window.width() + column;
      }
    }
    return count;
  }

  void resample(Resampling map, Tensor x, float beta, Tensor y) {
    int channels = x.columns();
    int height = map.rows().out();
    int width = map.columns().out();
    workers.run(
        x.rows() / map.inRows() * height,
        part -> {
          int image = part / height * map.inRows();
          int[] rows = new int[map.taps()];
          float[] weights = new float[map.taps()];
          for (int column = 0; column < width; column++) {
            int count = taps(map, image, part % height, column, rows, weights);
            lanes.weightedRows(
                FloatPool.array(x),
                x.offset(),
                channels,
                rows,
                weights,
                count,
                beta,
                FloatPool.array(y),
                y.offset() + (part * width + column) * channels);
          }
        });
  }

  /** The pixels that an output is made of, as rows of x, with their weights; returns how many. */
  private static int taps(
      Resampling map, int image, int outRow, int outColumn, int[] rows, float[] weights) {
    Resampling.Axis vertical = map.rows();
    Resampling.Axis horizontal = map.columns();
    int count = 0;
    for (int a = vertical.start()[outRow]; a < vertical.start()[outRow + 1]; a++) {
      int row = image + vertical.from()[a] * horizontal.in();
      for (int b = horizontal.start()[outColumn]; b < horizontal.start()[outColumn + 1]; b++) {
        rows[count] = row + horizontal.from()[b];
        weights[count++] = vertical.weight()[a] * horizontal.weight()[b];
      }
    }
    return count;
  }
}
