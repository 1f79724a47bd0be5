package org.trispike.kernels;

import java.util.Locale;

/**
 * A square window that moves over images: what convolutions and pooling in two dimensions see.
 *
 * <p>An image of {@code height} rows of {@code width} pixels is a matrix [height · width,
 * channels], and several images stand below each other. At output (y, x) offset k = ky · kernel +
 * kx meets the pixel (y · stride + ky − padding, x · stride + kx − padding), or nothing where that
 * is outside.
 *
 * @param height rows of pixels of an image, at least 1
 * @param width pixels in a row, at least 1
 * @param kernel pixels along a side of the window
 * @param stride pixels from one output to the next
 * @param padding pixels by which the first window begins before the image; less than the kernel, so
 *     that each window sees a pixel
 */
public record Window2d(int height, int width, int kernel, int stride, int padding) {

  public Window2d {
    check(height >= 1 && width >= 1, "An image of %s x %s pixels has none", height, width);
    check(kernel >= 1, "A window of %s pixels sees nothing", kernel);
    check(stride >= 1, "A stride of %s pixels does not move", stride);
    check(padding >= 0 && padding < kernel, "Padding %s is outside 0..%s", padding, kernel - 1);
    check(
        Math.min(height, width) + 2 * padding >= kernel,
        "A window of %s pixels does not fit images of %s x %s pixels padded by %s",
        kernel,
        height,
        width,
        padding);
  }

  /** Padded by half the kernel: with an odd kernel and stride 1, outputs are as many as pixels. */
  public static Window2d same(int height, int width, int kernel, int stride) {
    return new Window2d(height, width, kernel, stride, kernel / 2);
  }

  /** Rows of outputs of an image. */
  public int outHeight() {
    return (height + 2 * padding - kernel) / stride + 1;
  }

  /** Outputs in a row. */
  public int outWidth() {
    return (width + 2 * padding - kernel) / stride + 1;
  }

  /** Pixels of an image. */
  public int inRows() {
    return Math.multiplyExact(height, width);
  }

  /** Outputs of an image. */
  public int outRows() {
    return Math.multiplyExact(outHeight(), outWidth());
  }

  public int offsets() {
    return kernel * kernel;
  }

  /** The input coordinate, maybe outside of the image, that offset {@code k} meets at an output. */
  public int meets(int output, int k) {
    return output * stride + k - padding;
  }

  /**
   * The pairs of one image, for dense convolutions with weights [kernel², C_in, C_out]: of several
   * images each is a slab. Takes 8 bytes a pair, kernel² pairs an output.
   */
  public Rulebook rulebook() {
    int[] start = new int[offsets() + 1];
    int[] in = new int[Math.multiplyExact(offsets(), outRows())];
    int[] out = new int[in.length];
    int pairs = 0;
    for (int k = 0; k < offsets(); k++) {
      for (int y = 0; y < outHeight(); y++) {
        int row = meets(y, k / kernel);
        for (int x = 0; x < outWidth() && row >= 0 && row < height; x++) {
          int column = meets(x, k % kernel);
          if (column >= 0 && column < width) {
            in[pairs] = row * width + column;
            out[pairs++] = y * outWidth() + x;
          }
        }
      }
      start[k + 1] = pairs;
    }
    return new Rulebook(inRows(), outRows(), start, in, out);
  }

  private static void check(boolean ok, String message, Object... values) {
    if (!ok) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, message, values));
    }
  }
}
