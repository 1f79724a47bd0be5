package org.trispike.kernels;

/** The operations on images of {@link ReferenceCompute}. */
final class ReferenceImages {
  private final ReferenceCompute compute;

  ReferenceImages(ReferenceCompute compute) {
    this.compute = compute;
  }

  /** What is done with element {@code in} of x and {@code out} of y that meet under an offset. */
  private interface Meeting {
    void of(int in, int out, int offset);
  }

  /** Output after output, offsets in their order; channels meet themselves alone. */
  private static void each(Window2d window, Tensor y, Meeting meeting) {
    int channels = y.columns();
    int width = window.outWidth();
    for (int out = 0; out < y.size(); out++) {
      int image = out / channels / window.outRows();
      int pixel = out / channels % window.outRows();
      for (int k = 0; k < window.offsets(); k++) {
        int row = window.meets(pixel / width, k / window.kernel());
        int column = window.meets(pixel % width, k % window.kernel());
        if (row >= 0 && row < window.height() && column >= 0 && column < window.width()) {
          int in = (image * window.height() + row) * window.width() + column;
          meeting.of(in * channels + out % channels, out, k);
        }
      }
    }
  }

  void depthwiseConv(Tensor x, Tensor weights, Window2d window, Tensor y) {
    compute.fill(y, 0);
    each(
        window,
        y,
        (in, out, k) -> {
          int w = k * y.columns() + out % y.columns();
          add(y, out, compute.get(x, in) * compute.get(weights, w));
        });
  }

  /** Adds to dx. */
  void depthwiseConvBackwardData(Tensor dy, Tensor weights, Window2d window, Tensor dx) {
    each(
        window,
        dy,
        (in, out, k) -> {
          int w = k * dy.columns() + out % dy.columns();
          add(dx, in, compute.get(dy, out) * compute.get(weights, w));
        });
  }

  /** Adds to dWeights. */
  void depthwiseConvBackwardWeights(Tensor x, Tensor dy, Window2d window, Tensor dWeights) {
    each(
        window,
        dy,
        (in, out, k) -> {
          int w = k * dy.columns() + out % dy.columns();
          add(dWeights, w, compute.get(x, in) * compute.get(dy, out));
        });
  }

  void maxPool(Tensor x, Window2d window, Tensor y, int[] winners) {
    ReferenceMaxima maxima = new ReferenceMaxima(compute, x, y);
    each(window, y, (in, out, k) -> maxima.meet(in, out));
    maxima.write(winners);
  }

  /** Adds to y. */
  void resample(Resampling map, Tensor x, Tensor y) {
    int channels = y.columns();
    Resampling.Axis rows = map.rows();
    Resampling.Axis columns = map.columns();
    for (int i = 0; i < y.size(); i++) {
      int image = i / channels / map.outRows();
      int pixel = i / channels % map.outRows();
      int row = pixel / columns.out();
      int column = pixel % columns.out();
      for (int a = rows.start()[row]; a < rows.start()[row + 1]; a++) {
        for (int b = columns.start()[column]; b < columns.start()[column + 1]; b++) {
          int in = (image * rows.in() + rows.from()[a]) * columns.in() + columns.from()[b];
          double weight = (double) rows.weight()[a] * columns.weight()[b];
          add(y, i, weight * compute.get(x, in * channels + i % channels));
        }
      }
    }
  }

  private void add(Tensor tensor, int i, double value) {
    compute.set(tensor, i, compute.get(tensor, i) + value);
  }
}
