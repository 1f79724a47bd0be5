package org.trispike.datasets.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An array in NumPy's .npy format, versions 1 to 3: numbers of any width and byte order, rows first
 * (C) or columns first (Fortran). Format: numpy/lib/format.py. Arrays of Python objects are
 * refused.
 */
public final class NpyArray {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MOST_HEADER_BYTES = 1 << 16;
  private static final Pattern TYPE =
      Pattern.compile("'descr'\\s*:\\s*'([<>=|]?)([a-zA-Z])(\\d{1,3})'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d\\s,]{0,100})\\)");
  private static final Pattern COMMA = Pattern.compile(",");
  private static final Pattern SIZE = Pattern.compile("\\d{1,9}");

  private final ByteBuffer data;
  private final char kind;
  private final int size;
  private final boolean columnsFirst;
  private final int[] shape;

  private NpyArray(ByteBuffer data, char kind, int size, boolean columnsFirst, int[] shape) {
    this.data = data;
    this.kind = kind;
    this.size = size;
    this.columnsFirst = columnsFirst;
    this.shape = shape;
  }

  /**
   * The array that these bytes hold. They are shared, not copied.
   *
   * @param file what messages call it
   */
  public static NpyArray read(String file, byte[] bytes) throws CorruptInputException {
    for (int i = 0; i < MAGIC.length; i++) {
      check(
          i >= bytes.length || bytes[i] == MAGIC[i], file, Reason.BAD_MAGIC, "It is no .npy file");
    }
    check(bytes.length >= 12, file, Reason.TRUNCATED, "It ends in its header");
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(MAGIC.length);
    int version = in.getShort() & 255;
    check(version >= 1 && version <= 3, file, Reason.BAD_HEADER, "Its version is " + version);
    long length = version == 1 ? in.getShort() & 0xFFFF : in.getInt() & 0xFFFFFFFFL;
    check(
        length <= MOST_HEADER_BYTES,
        file,
        Reason.BAD_HEADER,
        "Its header claims " + length + " bytes");
    check(length <= in.remaining(), file, Reason.TRUNCATED, "It ends in its header");
    String text = new String(bytes, in.position(), (int) length, StandardCharsets.ISO_8859_1);
    return of(file, text, in.position(in.position() + (int) length));
  }

  private static NpyArray of(String file, String text, ByteBuffer in) throws CorruptInputException {
    Matcher type = TYPE.matcher(text);
    check(type.find(), file, Reason.UNSUPPORTED, "It does not hold plain numbers");
    char kind = type.group(2).charAt(0);
    int size = Integer.parseInt(type.group(3));
    boolean known =
        kind == 'f'
            ? size == 2 || size == 4 || size == 8
            : (kind == 'i' || kind == 'u') && (size == 1 || size == 2 || size == 4 || size == 8);
    check(known, file, Reason.UNSUPPORTED, "It does not hold plain numbers but " + type.group());
    Matcher order = ORDER.matcher(text);
    check(order.find(), file, Reason.BAD_HEADER, "Its header gives no order");
    int[] shape = shape(file, text);
    long values = 1;
    for (int extent : shape) {
      values *= extent;
      check(values <= Integer.MAX_VALUE, file, Reason.COUNT_OVERFLOW, "It has too many values");
    }
    check(
        values * size <= in.remaining(),
        file,
        Reason.TRUNCATED,
        values + " values of " + size + " bytes are more than the " + in.remaining() + " left");
    check(
        values * size == in.remaining(),
        file,
        Reason.BAD_HEADER,
        "Its size is not that of its shape");
    ByteOrder bytes = ">".equals(type.group(1)) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    ByteBuffer data = in.slice().order(bytes);
    return new NpyArray(data, kind, size, order.group(1).equals("True"), shape);
  }

  private static int[] shape(String file, String text) throws CorruptInputException {
    Matcher shape = SHAPE.matcher(text);
    check(shape.find(), file, Reason.BAD_HEADER, "Its header gives no shape");
    List<Integer> extents = new ArrayList<>();
    for (String word : COMMA.split(shape.group(1), -1)) {
      if (!word.isBlank()) {
        boolean small = SIZE.matcher(word.strip()).matches();
        check(small, file, Reason.COUNT_OVERFLOW, "Its shape is (" + shape.group(1) + ")");
        extents.add(Integer.parseInt(word.strip()));
      }
    }
    return extents.stream().mapToInt(Integer::intValue).toArray();
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
    return value(index * size);
  }

  /** A value of a matrix. */
  public float get(int row, int column) {
    return get(columnsFirst ? column * shape[0] + row : row * shape[1] + column);
  }

  private float value(int at) {
    return switch (kind) {
      case 'f' ->
          switch (size) {
            case 2 -> half(data.getShort(at));
            case 4 -> data.getFloat(at);
            default -> (float) data.getDouble(at);
          };
      case 'i' ->
          switch (size) {
            case 1 -> data.get(at);
            case 2 -> data.getShort(at);
            case 4 -> data.getInt(at);
            default -> data.getLong(at);
          };
      default ->
          switch (size) {
            case 1 -> data.get(at) & 255;
            case 2 -> data.getShort(at) & 0xFFFF;
            case 4 -> data.getInt(at) & 0xFFFFFFFFL;
            default -> (data.getLong(at) >>> 32) * 0x1p32f + (data.getLong(at) & 0xFFFFFFFFL);
          };
    };
  }

  /** An IEEE half: its exponent is biased by 15, that of a float by 127. */
  private static float half(short half) {
    int sign = (half & 0x8000) << 16;
    int magnitude = (half & 0x7FFF) << 13;
    if (magnitude >= 0x0F800000) {
      return Float.intBitsToFloat(sign | 0x7F800000 | (magnitude & 0x7FFFFF));
    }
    float value = Float.intBitsToFloat(magnitude) * 0x1p112f;
    return sign == 0 ? value : -value;
  }

  private static void check(boolean ok, String file, Reason reason, String message)
      throws CorruptInputException {
    if (!ok) {
      throw new CorruptInputException(file, reason, message);
    }
  }
}
