package org.trispike.datasets.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file in NumPy's .npy format, versions 1 to 3, says of its array. Format:
 * numpy/lib/format.py.
 *
 * @param file what messages call it
 * @param text the words of its header
 * @param end where the array begins, in bytes from the start of the file
 */
public record NpyHeader(String file, String text, int end) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MOST_HEADER_BYTES = 1 << 16;
  private static final Pattern OBJECTS = Pattern.compile("'descr'\\s*:\\s*'\\|O'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d\\s,]{0,100})\\)");
  private static final Pattern COMMA = Pattern.compile(",");
  private static final Pattern SIZE = Pattern.compile("\\d{1,9}");

  /** The header of a file with these bytes. */
  public static NpyHeader read(String file, byte[] bytes) throws CorruptInputException {
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
    return new NpyHeader(file, text, in.position() + (int) length);
  }

  /** Whether the array holds Python's objects; a pickle follows the header then. */
  public boolean objects() {
    return OBJECTS.matcher(text).find();
  }

  boolean columnsFirst() throws CorruptInputException {
    Matcher order = ORDER.matcher(text);
    check(order.find(), file, Reason.BAD_HEADER, "Its header gives no order");
    return order.group(1).equals("True");
  }

  int[] shape() throws CorruptInputException {
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

  static void check(boolean ok, String file, Reason reason, String message)
      throws CorruptInputException {
    if (!ok) {
      throw new CorruptInputException(file, reason, message);
    }
  }
}
