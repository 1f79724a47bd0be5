package org.trispike.vq.oracle;

import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.VqTensor;

/**
 * Dequantize, then compute, in double precision. Slow and simple: what any plan of any kernel has
 * to equal. Weights are [outputs, inputs]; a cache of keys or values is [tokens, heads · channels].
 */
public final class Oracle {
  private Oracle() {}

  /** The matrix that the codes stand for, [rows, columns], with a rotation undone. */
  public static double[] dequantize(VqTensor tensor) {
    int columns = tensor.columns();
    double[] matrix = new double[Math.multiplyExact(tensor.rows(), columns)];
    for (int row = 0; row < tensor.rows(); row++) {
      double[] decoded = decode(tensor, row);
      if (tensor.rotation().isPresent()) {
        decoded = rotateBack(decoded, tensor.rotation().get());
      }
      System.arraycopy(decoded, 0, matrix, row * columns, columns);
    }
    return matrix;
  }

  private static double[] decode(VqTensor tensor, int row) {
    int length = tensor.config().vectorLength();
    double[] decoded = new double[tensor.groups() * length];
    float[] entry = new float[length];
    for (int group = 0; group < tensor.groups(); group++) {
      for (int round = 0; round < tensor.config().rounds(); round++) {
        int code = tensor.code(round, row, group);
        tensor.codebooks().entry(tensor.codebook(row, group), round, code, entry, 0);
        for (int d = 0; d < length; d++) {
          decoded[group * length + d] += entry[d];
        }
      }
    }
    return decoded;
  }

  /** y·Rᵀ. */
  private static double[] rotateBack(double[] y, FloatArray rotation) {
    int n = rotation.shape()[0];
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        x[i] += y[j] * rotation.data()[i * n + j];
      }
    }
    return x;
  }

  /** y = x·Wᵀ of x [batch, inputs]: [batch, outputs]. */
  public static double[] gemm(VqTensor weights, double[] x, int batch) {
    int inputs = weights.columns();
    int outputs = weights.rows();
    check(x.length == (long) batch * inputs, x.length, batch + " x " + inputs);
    double[] w = dequantize(weights);
    double[] y = new double[Math.multiplyExact(batch, outputs)];
    for (int b = 0; b < batch; b++) {
      for (int o = 0; o < outputs; o++) {
        for (int i = 0; i < inputs; i++) {
          y[b * outputs + o] += x[b * inputs + i] * w[o * inputs + i];
        }
      }
    }
    return y;
  }

  /** y = W·x. */
  public static double[] gemv(VqTensor weights, double[] x) {
    return gemm(weights, x, 1);
  }

  /** q·k / √channels of the queries [heads, channels]: [heads, tokens]. */
  public static double[] scores(VqTensor keys, double[] queries, int heads) {
    int channels = channels(keys, heads);
    check(queries.length == keys.columns(), queries.length, heads + " x " + channels);
    double[] k = dequantize(keys);
    double[] scores = new double[Math.multiplyExact(heads, keys.rows())];
    for (int h = 0; h < heads; h++) {
      for (int t = 0; t < keys.rows(); t++) {
        double score = 0;
        for (int c = 0; c < channels; c++) {
          score += queries[h * channels + c] * k[t * keys.columns() + h * channels + c];
        }
        scores[h * keys.rows() + t] = score / Math.sqrt(channels);
      }
    }
    return scores;
  }

  /** The softmax of each head's scores [heads, tokens], with the largest subtracted first. */
  public static double[] softmax(double[] scores, int heads) {
    int tokens = scores.length / heads;
    double[] shares = new double[scores.length];
    for (int h = 0; h < heads; h++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int t = 0; t < tokens; t++) {
        largest = Math.max(largest, scores[h * tokens + t]);
      }
      double sum = 0;
      for (int t = 0; t < tokens; t++) {
        shares[h * tokens + t] = Math.exp(scores[h * tokens + t] - largest);
        sum += shares[h * tokens + t];
      }
      for (int t = 0; t < tokens; t++) {
        shares[h * tokens + t] /= sum;
      }
    }
    return shares;
  }

  /** Σ over tokens of share · value for the shares [heads, tokens]: [heads, channels]. */
  public static double[] mix(VqTensor values, double[] shares, int heads) {
    int channels = channels(values, heads);
    check(
        shares.length == (long) heads * values.rows(),
        shares.length,
        heads + " x " + values.rows());
    double[] v = dequantize(values);
    double[] mixed = new double[values.columns()];
    for (int h = 0; h < heads; h++) {
      for (int t = 0; t < values.rows(); t++) {
        for (int c = 0; c < channels; c++) {
          mixed[h * channels + c] +=
              shares[h * values.rows() + t] * v[t * values.columns() + h * channels + c];
        }
      }
    }
    return mixed;
  }

  private static int channels(VqTensor cache, int heads) {
    if (heads < 1 || cache.columns() % heads != 0) {
      throw new IllegalArgumentException(
          cache.columns() + " columns are not those of " + heads + " heads");
    }
    return cache.columns() / heads;
  }

  private static void check(boolean ok, int length, String expected) {
    if (!ok) {
      throw new IllegalArgumentException(length + " numbers, not " + expected);
    }
  }
}
