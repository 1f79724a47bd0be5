package org.trispike.datasets.format;

import java.awt.image.Raster;

/**
 * The numbers that a PNG file stores for its pixels: indices into its palette and not their
 * colours, all 16 bits where it has them. Maps of classes are such pictures.
 */
public final class StoredPixels {
  private final Raster raster;

  private StoredPixels(Raster raster) {
    this.raster = raster;
  }

  public static StoredPixels read(Source source) throws CorruptInputException {
    byte[] bytes = source.bytes();
    // JPEG keeps no numbers exactly.
    source.check(PixelReader.isPng(bytes), Reason.BAD_IMAGE, "It is no PNG file");
    return Guard.run(
        source.path(),
        Reason.BAD_IMAGE,
        "Decoding the picture",
        () ->
            new StoredPixels(
                PixelReader.decode(source.path(), bytes, source.limits(), true).getRaster()));
  }

  public int width() {
    return raster.getWidth();
  }

  public int height() {
    return raster.getHeight();
  }

  /** Numbers of a pixel: 1 with a palette or in grey, 3 in colour, one more with transparency. */
  public int channels() {
    return raster.getNumBands();
  }

  /** Refuses pixels that are no colours of 8 bits. */
  public void checkColours(Source source) throws CorruptInputException {
    int bits = raster.getSampleModel().getSampleSize(0);
    source.check(
        channels() >= 3 && bits == 8,
        Reason.UNSUPPORTED,
        "Its pixels are of %s channels of %s bits, and no colours of 8 bits",
        channels(),
        bits);
  }

  /** A row [width, channels] from the top; colours are red, green, blue. */
  public int[] row(int y) {
    return raster.getPixels(raster.getMinX(), raster.getMinY() + y, width(), 1, (int[]) null);
  }
}
