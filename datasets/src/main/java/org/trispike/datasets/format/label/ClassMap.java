package org.trispike.datasets.format.label;

import java.util.Objects;
import java.util.function.IntUnaryOperator;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.StoredPixels;

/**
 * The class of each pixel of a picture.
 *
 * @param width in pixels
 * @param height in pixels
 * @param ids [height, width] numbers of classes as unsigned 16 bits; shared, not copied
 * @param voidId the number of pixels of which nothing is said
 */
@SuppressWarnings("ArrayRecordComponent") // a large array that is passed through
public record ClassMap(int width, int height, short[] ids, int voidId) {
  static final int MOST_ID = 0xFFFF;

  public ClassMap {
    if (width < 1 || height < 1 || (long) width * height != ids.length) {
      throw new IllegalArgumentException(
          width + " by " + height + " pixels have " + ids.length + " classes");
    }
    if (voidId < 0 || voidId > MOST_ID) {
      throw new IllegalArgumentException("Void = " + voidId + " is outside 0.." + MOST_ID);
    }
  }

  /**
   * A PNG file of one channel, grey or with a palette, whose stored numbers are the classes.
   *
   * @param mostId the largest number of a class
   */
  static ClassMap read(Source source, int mostId, int voidId) throws CorruptInputException {
    StoredPixels pixels = StoredPixels.read(source);
    source.check(
        pixels.channels() == 1,
        Reason.UNSUPPORTED,
        "Its pixels are of %s channels; a map of classes has one",
        pixels.channels());
    int width = pixels.width();
    short[] ids = new short[width * pixels.height()];
    for (int y = 0; y < pixels.height(); y++) {
      int[] row = pixels.row(y);
      for (int x = 0; x < width; x++) {
        if (row[x] > mostId && row[x] != voidId) {
          throw source.bad(
              Reason.INDEX_OUT_OF_RANGE,
              "Pixel %s, %s is of class %s, beyond %s",
              x,
              y,
              row[x],
              mostId);
        }
        ids[y * width + x] = (short) row[x];
      }
    }
    return new ClassMap(width, pixels.height(), ids, voidId);
  }

  /** The class of a pixel. */
  public int at(int x, int y) {
    Objects.checkIndex(x, width);
    return ids[Objects.checkIndex(y, height) * width + x] & MOST_ID;
  }

  /**
   * The map with other numbers for its classes.
   *
   * @param number the new number, within 16 bits, of an old one
   * @param newVoid the number that says nothing afterwards
   */
  public ClassMap renumbered(IntUnaryOperator number, int newVoid) {
    short[] out = new short[ids.length];
    for (int i = 0; i < out.length; i++) {
      int id = number.applyAsInt(ids[i] & MOST_ID);
      if (id < 0 || id > MOST_ID) {
        throw new IllegalArgumentException("Class " + id + " is outside 0.." + MOST_ID);
      }
      out[i] = (short) id;
    }
    return new ClassMap(width, height, out, newVoid);
  }
}
