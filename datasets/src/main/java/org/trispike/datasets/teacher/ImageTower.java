package org.trispike.datasets.teacher;

import java.util.List;

/**
 * The image tower at work: four 3×3 convolutions of stride 2 (each with its batch normalization
 * folded in, then ReLU), the mean over the pixels, one linear layer. [3, 64, 64] → [384], 15
 * million multiply-adds.
 *
 * <p>Plain loops in a fixed order, so that a picture's vector depends on nothing but the picture,
 * and executors need no native library for it. 2 to 4 ms a picture on a core.
 *
 * @param convolutions weights [inputs · 9][outputs] and biases
 * @param linear weights [inputs][outputs] and biases
 */
record ImageTower(List<Layer> convolutions, Layer linear) {
  /** Width and height of the picture that goes in. */
  static final int SIDE = 64;

  /**
   * A matrix and a bias.
   *
   * @param weights [rows][outputs], row-major; rows of a convolution are (input, ky, kx)
   */
  @SuppressWarnings("ArrayRecordComponent") // weights are passed through, never compared
  record Layer(int rows, int outputs, float[] weights, float[] bias) {
    Layer {
      if (weights.length != rows * outputs || bias.length != outputs) {
        throw new IllegalArgumentException(
            weights.length + " weights and " + bias.length + " biases for " + rows + "×" + outputs);
      }
    }
  }

  ImageTower {
    convolutions = List.copyOf(convolutions);
    int inputs = 3;
    for (Layer layer : convolutions) {
      checkRows(layer, 9L * inputs);
      inputs = layer.outputs();
    }
    checkRows(linear, inputs);
    if (SIDE >> convolutions.size() == 0) {
      throw new IllegalArgumentException(convolutions.size() + " convolutions leave no pixel");
    }
  }

  private static void checkRows(Layer layer, long rows) {
    if (layer.rows() != rows) {
      throw new IllegalArgumentException(
          "A layer has " + layer.rows() + " rows where the one before needs " + rows);
    }
  }

  int dimension() {
    return linear.outputs();
  }

  /**
   * The unit vector of a picture.
   *
   * @param picture [3, 64, 64], centred on zero
   */
  float[] embed(float[] picture) {
    float[] x = picture;
    int side = SIDE;
    for (Layer layer : convolutions) {
      x = convolve(x, side, layer);
      side /= 2;
    }
    int pixels = side * side;
    float[] out = linear.bias().clone();
    for (int c = 0; c < linear.rows(); c++) {
      float mean = 0;
      for (int p = 0; p < pixels; p++) {
        mean += x[c * pixels + p];
      }
      axpy(mean / pixels, linear.weights(), c * linear.outputs(), out);
    }
    return Vectors.normalize(out);
  }

  /** ReLU(3×3 convolution of stride 2, one pixel of zeros around): [C, S, S] → [C', S/2, S/2]. */
  private static float[] convolve(float[] x, int side, Layer layer) {
    int inputs = layer.rows() / 9;
    int half = side / 2;
    float[] y = new float[layer.outputs() * half * half];
    float[] sum = new float[layer.outputs()];
    for (int row = 0; row < half; row++) {
      for (int column = 0; column < half; column++) {
        System.arraycopy(layer.bias(), 0, sum, 0, sum.length);
        for (int c = 0; c < inputs; c++) {
          for (int k = 0; k < 9; k++) {
            int iy = 2 * row + k / 3 - 1;
            int ix = 2 * column + k % 3 - 1;
            if (iy >= 0 && iy < side && ix >= 0 && ix < side) {
              float value = x[(c * side + iy) * side + ix];
              if (value != 0) {
                axpy(value, layer.weights(), (c * 9 + k) * sum.length, sum);
              }
            }
          }
        }
        for (int o = 0; o < sum.length; o++) {
          y[(o * half + row) * half + column] = Math.max(0, sum[o]);
        }
      }
    }
    return y;
  }

  /** sum += factor · weights[from ...]: the loop that the JIT turns into vector instructions. */
  private static void axpy(float factor, float[] weights, int from, float[] sum) {
    for (int o = 0; o < sum.length; o++) {
      sum[o] += factor * weights[from + o];
    }
  }
}
