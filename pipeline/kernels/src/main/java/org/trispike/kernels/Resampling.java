package org.trispike.kernels;

import java.util.Arrays;

/**
 * A linear map from images of one size to images of another: enlarging and mean pooling, and by
 * {@link #transposed()} their gradients. A pixel of the result is Σ over some rows a and some
 * columns b of wa · wb · the pixel (a, b), each channel alike.
 *
 * @param rows how rows of pixels become rows of pixels
 * @param columns how the pixels of a row do
 */
public record Resampling(Axis rows, Axis columns) {

  /**
   * One direction: output i is Σ of weight[j] · input from[j], j in start[i]..start[i+1].
   *
   * @param in length of the input
   * @param start [out + 1]
   * @param from rising for each output
   * @param weight of each
   */
  public record Axis(int in, int[] start, int[] from, float[] weight) {

    /** Length of the output. */
    public int out() {
      return start.length - 1;
    }

    /** The map back: what each input gave to the outputs. */
    Axis transposed() {
      int[] backStart = new int[in + 1];
      for (int source : from) {
        backStart[source + 1]++;
      }
      Arrays.parallelPrefix(backStart, Integer::sum);
      int[] next = backStart.clone();
      int[] backFrom = new int[from.length];
      float[] backWeight = new float[from.length];
      for (int i = 0; i < out(); i++) {
        for (int j = start[i]; j < start[i + 1]; j++) {
          int place = next[from[j]]++;
          backFrom[place] = i;
          backWeight[place] = weight[j];
        }
      }
      return new Axis(out(), backStart, backFrom, backWeight);
    }

    /** Each output takes the input at its place, rounded down. */
    private static Axis nearest(int in, int out) {
      int[] from = new int[out];
      Arrays.setAll(from, i -> (int) ((long) i * in / out));
      float[] ones = new float[out];
      Arrays.fill(ones, 1f);
      int[] start = new int[out + 1];
      Arrays.setAll(start, i -> i);
      return new Axis(in, start, from, ones);
    }

    /** Between the two inputs whose centres are beside that of the output. */
    private static Axis linear(int in, int out) {
      int[] start = new int[out + 1];
      int[] from = new int[2 * out];
      float[] weight = new float[2 * out];
      int taps = 0;
      for (int i = 0; i < out; i++) {
        double place = Math.max(0, (i + 0.5) * in / out - 0.5);
        int low = (int) place;
        double share = low + 1 < in ? place - low : 0;
        from[taps] = low;
        weight[taps++] = (float) (1 - share);
        if (share > 0) {
          from[taps] = low + 1;
          weight[taps++] = (float) share;
        }
        start[i + 1] = taps;
      }
      return new Axis(in, start, Arrays.copyOf(from, taps), Arrays.copyOf(weight, taps));
    }

    private static Axis mean(Window2d window, int in, int out) {
      int[] start = new int[out + 1];
      int[] from = new int[out * window.kernel()];
      int taps = 0;
      for (int i = 0; i < out; i++) {
        for (int k = 0; k < window.kernel(); k++) {
          int source = window.meets(i, k);
          if (source >= 0 && source < in) {
            from[taps++] = source;
          }
        }
        start[i + 1] = taps;
      }
      float[] weight = new float[taps];
      Arrays.fill(weight, 1f / window.kernel());
      return new Axis(in, start, Arrays.copyOf(from, taps), weight);
    }
  }

  /** The nearest pixel, as PyTorch's {@code nearest} has it: for whole factors, pixels repeated. */
  public static Resampling nearest(int height, int width, int outHeight, int outWidth) {
    return new Resampling(Axis.nearest(height, outHeight), Axis.nearest(width, outWidth));
  }

  /** Bilinear between the centres of pixels: {@code align_corners} is false. */
  public static Resampling bilinear(int height, int width, int outHeight, int outWidth) {
    return new Resampling(Axis.linear(height, outHeight), Axis.linear(width, outWidth));
  }

  /** The mean of what the window sees, where padding counts as zeros. */
  public static Resampling meanPool(Window2d window) {
    return new Resampling(
        Axis.mean(window, window.height(), window.outHeight()),
        Axis.mean(window, window.width(), window.outWidth()));
  }

  /** The map that takes gradients of the result to gradients of the input. */
  public Resampling transposed() {
    return new Resampling(rows.transposed(), columns.transposed());
  }

  /** Pixels of an input image. */
  public int inRows() {
    return Math.multiplyExact(rows.in(), columns.in());
  }

  /** Pixels of an output image. */
  public int outRows() {
    return Math.multiplyExact(rows.out(), columns.out());
  }

  /** Most pixels that meet in one. */
  public int taps() {
    return most(rows) * most(columns);
  }

  private static int most(Axis axis) {
    int most = 0;
    for (int i = 0; i < axis.out(); i++) {
      most = Math.max(most, axis.start()[i + 1] - axis.start()[i]);
    }
    return most;
  }
}
