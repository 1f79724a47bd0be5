package org.trispike.datasets.format;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/**
 * Resizes by a filter that is stretched when the picture shrinks, so that it never skips a pixel:
 * first along rows, then along columns, each time rounded to bytes. Weights are integers of 22
 * fractional bits. This is the arithmetic of Pillow's {@code Image.resize}, whose pixels the towers
 * of published teachers were trained on; the bytes are the same. Time O(pixels · taps).
 */
final class Resampler {
  private static final int BITS = 22;
  private static final int HALF = 1 << (BITS - 1);

  /**
   * What the pixels of a line are made of.
   *
   * @param first the first source pixel of each target pixel
   * @param weights of it and those that follow
   */
  @SuppressWarnings("ArrayRecordComponent") // weights are passed through, never compared
  private record Taps(int[] first, int[][] weights) {}

  private Resampler() {}

  /**
   * A window of the resized picture; what lies outside of it is never made.
   *
   * @param width of the whole resized picture
   * @param height of the whole resized picture
   */
  static BufferedImage resize(
      BufferedImage image, int width, int height, Resampling filter, Rectangle window) {
    if (window.isEmpty() || !new Rectangle(width, height).contains(window)) {
      throw new IllegalArgumentException(window + " is no part of " + width + " by " + height);
    }
    int fromWidth = image.getWidth();
    int fromHeight = image.getHeight();
    int[] rgb = image.getRGB(0, 0, fromWidth, fromHeight, null, 0, fromWidth);
    Taps across = taps(fromWidth, width, filter, window.x, window.width);
    int[] wide = new int[fromHeight * window.width];
    for (int y = 0; y < fromHeight; y++) {
      for (int x = 0; x < window.width; x++) {
        int from = y * fromWidth + across.first[x];
        wide[y * window.width + x] = blend(rgb, from, 1, across.weights[x]);
      }
    }
    Taps down = taps(fromHeight, height, filter, window.y, window.height);
    BufferedImage out = new BufferedImage(window.width, window.height, BufferedImage.TYPE_INT_RGB);
    int[] target = ((DataBufferInt) out.getRaster().getDataBuffer()).getData();
    for (int y = 0; y < window.height; y++) {
      for (int x = 0; x < window.width; x++) {
        int from = down.first[y] * window.width + x;
        target[y * window.width + x] = blend(wide, from, window.width, down.weights[y]);
      }
    }
    return out;
  }

  /** Of {@code count} target pixels from {@code offset} on. */
  private static Taps taps(int from, int to, Resampling filter, int offset, int count) {
    double scale = (double) from / to;
    double stretch = Math.max(1, scale);
    double reach = filter.support() * stretch;
    int[] first = new int[count];
    int[][] weights = new int[count][];
    for (int i = 0; i < count; i++) {
      double center = (offset + i + 0.5) * scale;
      int begin = (int) Math.max(0, center - reach + 0.5);
      int end = (int) Math.min(from, center + reach + 0.5);
      first[i] = begin;
      weights[i] = weights(filter, begin, end, center, stretch);
    }
    return new Taps(first, weights);
  }

  private static int[] weights(
      Resampling filter, int begin, int end, double center, double stretch) {
    double[] real = new double[end - begin];
    double sum = 0;
    for (int k = 0; k < real.length; k++) {
      double distance = Math.abs((begin + k - center + 0.5) * (1 / stretch));
      real[k] = distance < filter.support() ? filter.weight(distance) : 0;
      sum += real[k];
    }
    int[] weights = new int[real.length];
    for (int k = 0; k < real.length; k++) {
      double scaled = real[k] / sum * (1 << BITS);
      weights[k] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    }
    return weights;
  }

  private static int blend(int[] pixels, int from, int step, int[] weights) {
    int red = HALF;
    int green = HALF;
    int blue = HALF;
    for (int k = 0; k < weights.length; k++) {
      int pixel = pixels[from + k * step];
      red += (pixel >> 16 & 255) * weights[k];
      green += (pixel >> 8 & 255) * weights[k];
      blue += (pixel & 255) * weights[k];
    }
    return clamp(red >> BITS) << 16 | clamp(green >> BITS) << 8 | clamp(blue >> BITS);
  }

  private static int clamp(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
