package org.trispike.datasets.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An array in NumPy's .npy format, versions 1 to 3: numbers of any width and byte order, rows first
 * (C) or columns first (Fortran). Arrays of Python objects are refused.
 */
public final class NpyArray {
  private static final Pattern TYPE =
      Pattern.compile("'descr'\\s*:\\s*'([<>=|]?)([a-zA-Z])(\\d{1,3})'");

  private final Numbers numbers;
  private final boolean columnsFirst;
  private final int[] shape;

  private NpyArray(Numbers numbers, boolean columnsFirst, int[] shape) {
    this.numbers = numbers;
    this.columnsFirst = columnsFirst;
    this.shape = shape;
  }

  /**
   * The array that these bytes hold. They are shared, not copied.
   *
   * @param file what messages call it
   */
  public static NpyArray read(String file, byte[] bytes) throws CorruptInputException {
    NpyHeader header = NpyHeader.read(file, bytes);
    ByteBuffer in = ByteBuffer.wrap(bytes).position(header.end());
    Matcher type = TYPE.matcher(header.text());
    NpyHeader.check(type.find(), file, Reason.UNSUPPORTED, "It does not hold plain numbers");
    char kind = type.group(2).charAt(0);
    int size = Integer.parseInt(type.group(3));
    NpyHeader.check(
        Numbers.known(kind, size),
        file,
        Reason.UNSUPPORTED,
        "It does not hold plain numbers but " + type.group());
    boolean columnsFirst = header.columnsFirst();
    in.order(">".equals(type.group(1)) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    return of(file, in, kind, size, columnsFirst, header.shape());
  }

  /**
   * An array of numbers of a known type.
   *
   * @param in exactly its bytes, in its byte order
   * @param columnsFirst whether it lies in Fortran's order
   * @see Numbers
   */
  public static NpyArray of(
      String file, ByteBuffer in, char kind, int size, boolean columnsFirst, int[] shape)
      throws CorruptInputException {
    long values = 1;
    for (int extent : shape) {
      values *= extent;
      NpyHeader.check(
          values <= Integer.MAX_VALUE, file, Reason.COUNT_OVERFLOW, "It has too many values");
    }
    NpyHeader.check(
        values * size <= in.remaining(),
        file,
        Reason.TRUNCATED,
        values + " values of " + size + " bytes are more than the " + in.remaining() + " left");
    NpyHeader.check(
        values * size == in.remaining(),
        file,
        Reason.BAD_HEADER,
        "Its size is not that of its shape");
    return new NpyArray(new Numbers(in, kind, size), columnsFirst, shape.clone());
  }

  /** How many extents it has: 2 for a matrix. */
  public int dimensions() {
    return shape.length;
  }

  public int extent(int dimension) {
    return shape[dimension];
  }

  /** A value of a vector. */
  public float get(int index) {
    return numbers.get(index);
  }

  /** A value of a matrix. */
  public float get(int row, int column) {
    return get(columnsFirst ? column * shape[0] + row : row * shape[1] + column);
  }

  /** All values as they lie. */
  public Numbers numbers() {
    return numbers;
  }
}
