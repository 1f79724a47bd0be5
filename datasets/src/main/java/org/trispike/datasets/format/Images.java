package org.trispike.datasets.format;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import org.trispike.datasets.geometry.Texture;

/** Pictures: PNG and JPEG in, PNG out. */
public final class Images {
  private static final String PICTURE = "picture";

  private Images() {}

  /**
   * Decodes a PNG or JPEG file to three channels, with transparency laid on white.
   *
   * @return an image of type {@link BufferedImage#TYPE_INT_RGB}
   * @throws CorruptInputException BAD_IMAGE or TOO_LARGE, for the file "picture"
   */
  public static BufferedImage decode(byte[] bytes, Limits limits) throws CorruptInputException {
    return decode(PICTURE, bytes, limits);
  }

  /** {@link #decode(byte[], Limits)} of a file whose name belongs in the message. */
  public static BufferedImage decode(String file, byte[] bytes, Limits limits)
      throws CorruptInputException {
    Texture pixels = PixelReader.read(file, bytes, limits, Reason.BAD_IMAGE, true);
    BufferedImage image =
        new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
    int[] target = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    System.arraycopy(pixels.rgb(), 0, target, 0, target.length);
    return image;
  }

  /** {@link #decode} of bytes that were decoded before, so that a fault in them is a bug. */
  public static BufferedImage decodeAgain(byte[] bytes) {
    try {
      return decode(bytes, Limits.defaults());
    } catch (CorruptInputException e) {
      throw new IllegalArgumentException("A picture that was checked cannot be decoded", e);
    }
  }

  /** Whether bytes begin as those of a PNG or JPEG file. */
  public static boolean isPicture(byte[] bytes) {
    return PixelReader.isPng(bytes) || PixelReader.isJpeg(bytes);
  }

  /** The picture as a PNG file of three channels; the same bytes each time. */
  public static byte[] png(BufferedImage image) {
    return PngWriter.write(image);
  }

  /**
   * The picture at another size, each pixel the mean of the area that it covers.
   *
   * @return an image of type {@link BufferedImage#TYPE_INT_RGB}
   */
  public static BufferedImage resize(BufferedImage image, int width, int height) {
    return AreaAverage.resize(image, width, height);
  }

  /**
   * A part of the picture at another size, its pixels weighed by a filter: byte for byte what
   * Pillow makes.
   *
   * @param width of the whole picture at its other size
   * @param height of the whole picture at its other size
   * @param window the part, in pixels of the other size
   * @return an image of type {@link BufferedImage#TYPE_INT_RGB}
   */
  public static BufferedImage resize(
      BufferedImage image, int width, int height, Resampling filter, Rectangle window) {
    return Resampler.resize(image, width, height, filter, window);
  }
}
