package org.trispike.datasets.format;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.trispike.datasets.geometry.Texture;

/**
 * Decodes PNG and JPEG files (through TwelveMonkeys where it is on the class path) to 0xRRGGBB,
 * after the dimensions in their headers were found to be within the limits and the file's size.
 */
final class PixelReader {
  /** Deflate packs no more than 1032 bytes into one; a little more for the last block. */
  private static final long DEFLATE_RATIO = 1040;

  /** JPEG spends at least a bit on each block of 8 by 8 pixels. */
  private static final long JPEG_RATIO = 8 * 64;

  private PixelReader() {}

  static boolean isPng(byte[] bytes) {
    return bytes.length > 8 && bytes[0] == (byte) 0x89 && bytes[1] == 'P' && bytes[2] == 'N';
  }

  static boolean isJpeg(byte[] bytes) {
    return bytes.length > 3 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xD8;
  }

  /**
   * @param fault the reason of a picture that cannot be decoded
   * @param onWhite whether transparency is laid on white; otherwise it is left out of account
   */
  static Texture read(String file, byte[] bytes, Limits limits, Reason fault, boolean onWhite)
      throws CorruptInputException {
    boolean png = isPng(bytes);
    if (!png && !isJpeg(bytes)) {
      throw new CorruptInputException(file, fault, "The picture is neither PNG nor JPEG");
    }
    return Guard.run(
        file,
        fault,
        "Decoding the picture",
        () -> {
          BufferedImage image = decode(file, bytes, limits, png);
          return new Texture(image.getWidth(), image.getHeight(), pixels(image, onWhite));
        });
  }

  /** The picture as the decoder gives it. */
  static BufferedImage decode(String file, byte[] bytes, Limits limits, boolean png)
      throws IOException, CorruptInputException {
    // A stream in memory: the default of ImageIO writes a temporary file.
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException("no decoder takes it");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        long width = reader.getWidth(0);
        long height = reader.getHeight(0);
        if (Math.max(width, height) > limits.imageSide() || width * height > limits.imagePixels()) {
          throw new CorruptInputException(
              file, Reason.TOO_LARGE, "The picture has " + width + " by " + height + " pixels");
        }
        if (png ? !fitsPng(bytes, width, height) : width * height > bytes.length * JPEG_RATIO) {
          throw new IOException("it is too short for " + width + " by " + height + " pixels");
        }
        return reader.read(0);
      } finally {
        reader.dispose();
      }
    }
  }

  /** Whether the rows that the header claims can come out of so few bytes. */
  private static boolean fitsPng(byte[] bytes, long width, long height) {
    int depth = bytes[24];
    int channels =
        switch (bytes[25]) {
          case 2 -> 3;
          case 4 -> 2;
          case 6 -> 4;
          default -> 1;
        };
    return height * (1 + width * depth * channels / 8) <= bytes.length * DEFLATE_RATIO;
  }

  private static int[] pixels(BufferedImage image, boolean onWhite) {
    Raster raster = image.getRaster();
    ColorModel colors = image.getColorModel();
    boolean whole =
        raster.getDataBuffer() instanceof DataBufferByte buffer
            && buffer.getData().length >= image.getWidth() * image.getHeight();
    return switch (image.getType()) {
      case BufferedImage.TYPE_3BYTE_BGR -> whole ? ofBgr(image) : general(image, onWhite);
      case BufferedImage.TYPE_4BYTE_ABGR ->
          whole ? ofAbgr(image, onWhite) : general(image, onWhite);
      default ->
          colors.getColorSpace().getType() == ColorSpace.TYPE_GRAY
                  && !(colors instanceof IndexColorModel)
              ? ofGrey(image, onWhite)
              : general(image, onWhite);
    };
  }

  private static int[] ofBgr(BufferedImage image) {
    byte[] data = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    int[] out = new int[image.getWidth() * image.getHeight()];
    for (int i = 0, at = 0; i < out.length; i++, at += 3) {
      out[i] = (data[at + 2] & 255) << 16 | (data[at + 1] & 255) << 8 | data[at] & 255;
    }
    return out;
  }

  private static int[] ofAbgr(BufferedImage image, boolean onWhite) {
    byte[] data = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    int[] out = new int[image.getWidth() * image.getHeight()];
    for (int i = 0, at = 0; i < out.length; i++, at += 4) {
      int rgb = (data[at + 3] & 255) << 16 | (data[at + 2] & 255) << 8 | data[at + 1] & 255;
      out[i] = onWhite ? blend(rgb, data[at] & 255) : rgb;
    }
    return out;
  }

  /** Grey values as they are stored: Java would take them for linear light and brighten them. */
  private static int[] ofGrey(BufferedImage image, boolean onWhite) {
    Raster raster = image.getRaster();
    int width = image.getWidth();
    int bits = raster.getDataBuffer().getDataType() == DataBuffer.TYPE_USHORT ? 16 : 8;
    bits = Math.min(bits, image.getColorModel().getComponentSize(0));
    boolean alpha = raster.getNumBands() > 1;
    int[] out = new int[width * image.getHeight()];
    for (int i = 0; i < out.length; i++) {
      int grey = to8(raster.getSample(i % width, i / width, 0), bits);
      int rgb = grey * 0x010101;
      out[i] =
          alpha && onWhite ? blend(rgb, to8(raster.getSample(i % width, i / width, 1), bits)) : rgb;
    }
    return out;
  }

  private static int to8(int sample, int bits) {
    return sample * 255 / ((1 << bits) - 1);
  }

  private static int[] general(BufferedImage image, boolean onWhite) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] out = image.getRGB(0, 0, width, height, null, 0, width);
    for (int i = 0; i < out.length; i++) {
      out[i] = onWhite ? blend(out[i] & 0xFFFFFF, out[i] >>> 24) : out[i] & 0xFFFFFF;
    }
    return out;
  }

  private static int blend(int rgb, int alpha) {
    if (alpha == 255) {
      return rgb;
    }
    int white = 255 * (255 - alpha);
    int red = ((rgb >> 16) * alpha + white + 127) / 255;
    int green = ((rgb >> 8 & 255) * alpha + white + 127) / 255;
    int blue = ((rgb & 255) * alpha + white + 127) / 255;
    return red << 16 | green << 8 | blue;
  }
}
