package org.trispike.datasets.format.label;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import org.trispike.kernels.KeyedRandom;

/** PNG files that hold given numbers. */
final class Pngs {
  private Pngs() {}

  /** A picture with a palette, in which the colours say nothing about the numbers. */
  static byte[] palette(int width, int height, int bits, int... indices) {
    int size = 1 << bits;
    byte[][] colors = new byte[3][size];
    KeyedRandom random = KeyedRandom.of(size);
    for (int i = 0; i < 3 * size; i++) {
      colors[i % 3][i / 3] = (byte) random.nextInt(256);
    }
    IndexColorModel model = new IndexColorModel(bits, size, colors[0], colors[1], colors[2]);
    int type = bits == 8 ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_BYTE_BINARY;
    return png(new BufferedImage(width, height, type, model), indices);
  }

  static byte[] grey(int width, int height, int... values) {
    return png(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY), values);
  }

  static byte[] grey16(int width, int height, int... values) {
    return png(new BufferedImage(width, height, BufferedImage.TYPE_USHORT_GRAY), values);
  }

  /** Red, green and blue of each pixel. */
  static byte[] rgb(int width, int height, int... values) {
    return png(new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR), values);
  }

  private static byte[] png(BufferedImage image, int... values) {
    image.getRaster().setPixels(0, 0, image.getWidth(), image.getHeight(), values);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
