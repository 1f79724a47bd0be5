package org.trispike.kernels.cpu;

import java.util.function.IntFunction;

/**
 * Column statistics over rows: blocks of rows in single precision, joined in double in the order of
 * the blocks (Chan, Golub, LeVeque 1983 for the variance), one pass over memory.
 */
final class Normalization {
  private final Lanes lanes;
  private final Workers workers;
  private final int block;

  Normalization(Lanes lanes, Workers workers, int block) {
    this.lanes = lanes;
    this.workers = workers;
    this.block = block;
  }

  double[] columnSums(float[] x, int xAt, int rows, int channels) {
    double[] sums = new double[channels];
    for (float[] part : blocks(rows, b -> blockSums(x, xAt, channels, from(b), to(b, rows)))) {
      add(part, sums);
    }
    return sums;
  }

  /** Adds the column sums of rows [from, to) to {@code sums}. */
  void addColumnSums(float[] x, int xAt, int from, int to, double[] sums) {
    for (int r = from; r < to; r += block) {
      add(blockSums(x, xAt, sums.length, r, Math.min(to, r + block)), sums);
    }
  }

  private float[] blockSums(float[] x, int xAt, int channels, int from, int to) {
    float[] sums = new float[channels];
    lanes.columnSums(x, xAt, channels, from, to, sums);
    return sums;
  }

  /** Mean and biased variance of each column; 0 and 0 without rows. */
  void statistics(
      float[] x,
      int xAt,
      int rows,
      int channels,
      float[] mean,
      int meanAt,
      float[] variance,
      int varianceAt) {
    float[][] parts = blocks(rows, b -> blockStatistics(x, xAt, channels, from(b), to(b, rows)));
    for (int c = 0; c < channels; c++) {
      double count = 0;
      double average = 0;
      double squares = 0;
      for (int b = 0; b < parts.length; b++) {
        double n = to(b, rows) - from(b);
        // The block's mean is rounded; what it missed corrects both moments.
        double missed = parts[b][channels + c] / n;
        double delta = parts[b][c] + missed - average;
        squares +=
            parts[b][2 * channels + c]
                - missed * missed * n
                + delta * delta * count * n / (count + n);
        count += n;
        average += delta * n / count;
      }
      mean[meanAt + c] = (float) average;
      variance[varianceAt + c] = count == 0 ? 0f : (float) (Math.max(0, squares) / count);
    }
  }

  /** Rounded means, then Σ of (x − mean) and of (x − mean)², one after the other. */
  private float[] blockStatistics(float[] x, int xAt, int channels, int from, int to) {
    float[] means = blockSums(x, xAt, channels, from, to);
    for (int c = 0; c < channels; c++) {
      means[c] /= to - from;
    }
    float[] sums = new float[channels];
    float[] squares = new float[channels];
    lanes.columnSquares(x, xAt, channels, from, to, means, sums, squares);
    float[] all = new float[3 * channels];
    System.arraycopy(means, 0, all, 0, channels);
    System.arraycopy(sums, 0, all, channels, channels);
    System.arraycopy(squares, 0, all, 2 * channels, channels);
    return all;
  }

  /** Σ dy and Σ dy · (x − mean) of each column. */
  double[][] products(
      float[] dy, int dyAt, float[] x, int xAt, int rows, int channels, float[] mean) {
    float[][] parts =
        blocks(
            rows,
            b -> {
              float[] sums = new float[channels];
              float[] products = new float[channels];
              lanes.columnProducts(
                  dy, dyAt, x, xAt, channels, from(b), to(b, rows), mean, sums, products);
              float[] both = new float[2 * channels];
              System.arraycopy(sums, 0, both, 0, channels);
              System.arraycopy(products, 0, both, channels, channels);
              return both;
            });
    double[][] result = new double[2][channels];
    for (float[] part : parts) {
      for (int c = 0; c < channels; c++) {
        result[0][c] += part[c];
        result[1][c] += part[channels + c];
      }
    }
    return result;
  }

  private float[][] blocks(int rows, IntFunction<float[]> body) {
    float[][] parts = new float[(rows + block - 1) / block][];
    workers.run(parts.length, b -> parts[b] = body.apply(b));
    return parts;
  }

  private int from(int b) {
    return b * block;
  }

  private int to(int b, int rows) {
    return Math.min(rows, (b + 1) * block);
  }

  private static void add(float[] part, double[] sums) {
    for (int c = 0; c < sums.length; c++) {
      sums[c] += part[c];
    }
  }
}
