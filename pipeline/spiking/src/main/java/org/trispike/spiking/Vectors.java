package org.trispike.spiking;

import org.trispike.kernels.io.FloatArray;

/** Small dense algebra on the heap, in double precision inside: for folding and for one sample. */
final class Vectors {
  private Vectors() {}

  /** W x + b of W [out, in]. */
  static float[] affine(FloatArray weight, float[] bias, float[] x) {
    int in = weight.shape()[1];
    if (x.length != in) {
      throw new IllegalArgumentException(
          "A vector of " + x.length + " elements meets a map of " + in);
    }
    float[] y = new float[bias.length];
    for (int o = 0; o < y.length; o++) {
      double sum = bias[o];
      for (int i = 0; i < in; i++) {
        sum += (double) weight.data()[o * in + i] * x[i];
      }
      y[o] = (float) sum;
    }
    return y;
  }

  /** x / |x|; a vector without length or with a value that is not finite is refused. */
  static float[] normalize(float[] x) {
    double norm = norm(x);
    if (!(norm > 0) || Double.isInfinite(norm)) {
      throw new IllegalArgumentException("A vector of length " + norm + " has no direction");
    }
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = (float) (x[i] / norm);
    }
    return y;
  }

  static double norm(float[] x) {
    double square = 0;
    for (float value : x) {
      square += (double) value * value;
    }
    return Math.sqrt(square);
  }

  /** Rows of a downloaded matrix. */
  static float[][] rows(float[] flat, int rows) {
    float[][] matrix = new float[rows][];
    int columns = rows == 0 ? 0 : flat.length / rows;
    for (int r = 0; r < rows; r++) {
      matrix[r] = java.util.Arrays.copyOfRange(flat, r * columns, (r + 1) * columns);
    }
    return matrix;
  }
}
