package org.trispike.datasets.teacher;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/**
 * Brings pictures to the form that the image tower sees: transparency laid on white, plain white
 * borders cut off, and the rest, centred in a white square, averaged down to 64×64.
 */
final class Pictures {
  private static final int SIDE = ImageTower.SIDE;

  /** How far from white a channel is that belongs to the object. */
  private static final int WHITE = 247;

  private Pictures() {}

  /** The picture as bytes [3, 64, 64], planes red, green, blue. */
  static byte[] prepare(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] rgb = onWhite(image);
    int left = width;
    int top = height;
    int right = -1;
    int bottom = -1;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (!white(rgb[y * width + x])) {
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = Math.min(top, y);
          bottom = y;
        }
      }
    }
    if (right < 0) {
      left = 0;
      top = 0;
      right = width - 1;
      bottom = height - 1;
    }
    double extent = Math.max(right - left + 1, bottom - top + 1) * 1.06;
    double x0 = (left + right + 1 - extent) / 2;
    double y0 = (top + bottom + 1 - extent) / 2;
    return average(rgb, width, height, x0, y0, extent / SIDE);
  }

  private static int[] onWhite(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    BufferedImage flat = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = flat.createGraphics();
    graphics.drawImage(image, 0, 0, Color.WHITE, null);
    graphics.dispose();
    return ((DataBufferInt) flat.getRaster().getDataBuffer()).getData();
  }

  private static boolean white(int rgb) {
    return (rgb >> 16 & 255) >= WHITE && (rgb >> 8 & 255) >= WHITE && (rgb & 255) >= WHITE;
  }

  /** Means over boxes of {@code step} pixels from (x0, y0) on; white outside. */
  private static byte[] average(
      int[] rgb, int width, int height, double x0, double y0, double step) {
    byte[] out = new byte[3 * SIDE * SIDE];
    for (int row = 0; row < SIDE; row++) {
      int from = (int) Math.floor(y0 + row * step);
      int to = Math.max(from + 1, (int) Math.floor(y0 + (row + 1) * step));
      for (int column = 0; column < SIDE; column++) {
        int start = (int) Math.floor(x0 + column * step);
        int end = Math.max(start + 1, (int) Math.floor(x0 + (column + 1) * step));
        int red = 0;
        int green = 0;
        int blue = 0;
        for (int y = from; y < to; y++) {
          for (int x = start; x < end; x++) {
            boolean inside = x >= 0 && x < width && y >= 0 && y < height;
            int pixel = inside ? rgb[y * width + x] : 0xFFFFFF;
            red += pixel >> 16 & 255;
            green += pixel >> 8 & 255;
            blue += pixel & 255;
          }
        }
        int count = (to - from) * (end - start);
        int at = row * SIDE + column;
        out[at] = (byte) (red / count);
        out[SIDE * SIDE + at] = (byte) (green / count);
        out[2 * SIDE * SIDE + at] = (byte) (blue / count);
      }
    }
    return out;
  }

  /** The bytes of {@link #prepare} as the tower takes them: 0..255 becomes -2..2. */
  static float[] toFloats(byte[] prepared) {
    float[] floats = new float[prepared.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = scale(prepared[i] & 255);
    }
    return floats;
  }

  static float scale(float value) {
    return value * (4 / 255f) - 2;
  }
}
