package org.trispike.datasets.format;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/**
 * Resizes by area: a target pixel is the mean of the source under it, pixels at its edge counted by
 * their share. First along rows, then along columns. Time O(source pixels · 2).
 */
final class AreaAverage {
  private AreaAverage() {}

  static BufferedImage resize(BufferedImage image, int width, int height) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("Size " + width + " by " + height + " is not positive");
    }
    int fromWidth = image.getWidth();
    int fromHeight = image.getHeight();
    int[] rgb = image.getRGB(0, 0, fromWidth, fromHeight, null, 0, fromWidth);
    float[] wide = new float[fromHeight * width * 3];
    float[] line = new float[Math.max(fromWidth, fromHeight) * 3];
    float[] mean = new float[Math.max(width, height) * 3];
    for (int y = 0; y < fromHeight; y++) {
      for (int x = 0; x < fromWidth; x++) {
        int pixel = rgb[y * fromWidth + x];
        line[x * 3] = pixel >> 16 & 255;
        line[x * 3 + 1] = pixel >> 8 & 255;
        line[x * 3 + 2] = pixel & 255;
      }
      average(line, fromWidth, mean, width);
      System.arraycopy(mean, 0, wide, y * width * 3, width * 3);
    }
    BufferedImage out = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] target = ((DataBufferInt) out.getRaster().getDataBuffer()).getData();
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < fromHeight; y++) {
        System.arraycopy(wide, (y * width + x) * 3, line, y * 3, 3);
      }
      average(line, fromHeight, mean, height);
      for (int y = 0; y < height; y++) {
        int red = Math.round(mean[y * 3]);
        int green = Math.round(mean[y * 3 + 1]);
        target[y * width + x] = red << 16 | green << 8 | Math.round(mean[y * 3 + 2]);
      }
    }
    return out;
  }

  private static void average(float[] line, int from, float[] mean, int to) {
    double step = (double) from / to;
    for (int i = 0; i < to; i++) {
      double start = i * step;
      double end = Math.min((i + 1) * step, from);
      double red = 0;
      double green = 0;
      double blue = 0;
      for (int k = (int) start; k < end; k++) {
        double share = Math.min(k + 1, end) - Math.max(k, start);
        red += share * line[k * 3];
        green += share * line[k * 3 + 1];
        blue += share * line[k * 3 + 2];
      }
      mean[i * 3] = (float) (red / (end - start));
      mean[i * 3 + 1] = (float) (green / (end - start));
      mean[i * 3 + 2] = (float) (blue / (end - start));
    }
  }
}
