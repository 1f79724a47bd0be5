package org.trispike.datasets.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A structured array in NumPy's .npy format: rows of named numbers, one after the other. Padding
 * between them is passed over; columns of anything but plain numbers are refused.
 */
public final class NpyTable {
  private static final Pattern LIST = Pattern.compile("'descr'\\s*:\\s*\\[");
  private static final Pattern FIELD = Pattern.compile("\\s*\\('([^']*)',\\s*'([^']*)'\\)\\s*,?");
  private static final Pattern TYPE = Pattern.compile("([<>=|]?)([a-zA-Z])(\\d{1,4})");
  private static final Pattern END = Pattern.compile("\\s*\\]");

  private record Field(int offset, ByteOrder order, char kind, int size) {}

  private final String file;
  private final ByteBuffer data;
  private final Map<String, Field> fields;
  private final int rowBytes;
  private final int rows;

  private NpyTable(String file, ByteBuffer data, Map<String, Field> fields, int size, int rows) {
    this.file = file;
    this.data = data;
    this.fields = fields;
    this.rowBytes = size;
    this.rows = rows;
  }

  /**
   * The table that these bytes hold.
   *
   * @param file what messages call it
   */
  public static NpyTable read(String file, byte[] bytes) throws CorruptInputException {
    NpyHeader header = NpyHeader.read(file, bytes);
    Map<String, Field> fields = new LinkedHashMap<>();
    int size = fields(header, fields);
    int[] shape = header.shape();
    NpyHeader.check(
        shape.length == 1, file, Reason.UNSUPPORTED, "It has " + shape.length + " dimensions");
    long left = bytes.length - header.end();
    NpyHeader.check(
        (long) shape[0] * size <= left,
        file,
        Reason.TRUNCATED,
        shape[0] + " rows of " + size + " bytes are more than the " + left + " left");
    NpyHeader.check(
        (long) shape[0] * size == left,
        file,
        Reason.BAD_HEADER,
        "Its size is not that of its shape");
    ByteBuffer data = ByteBuffer.wrap(bytes).position(header.end()).slice();
    return new NpyTable(file, data, fields, size, shape[0]);
  }

  /** Takes the columns from a header and gives the bytes of a row. */
  private static int fields(NpyHeader header, Map<String, Field> fields)
      throws CorruptInputException {
    String file = header.file();
    String text = header.text();
    Matcher list = LIST.matcher(text);
    NpyHeader.check(list.find(), file, Reason.UNSUPPORTED, "It is no table of named columns");
    int size = 0;
    Matcher field = FIELD.matcher(text).region(list.end(), text.length());
    while (field.lookingAt()) {
      String name = field.group(1);
      Matcher type = TYPE.matcher(field.group(2));
      char kind = type.matches() ? type.group(2).charAt(0) : '?';
      int bytes = kind == '?' ? 0 : Integer.parseInt(type.group(3));
      boolean padding = kind == 'V' && name.isEmpty();
      NpyHeader.check(
          padding || Numbers.known(kind, bytes),
          file,
          Reason.UNSUPPORTED,
          "Its column " + Source.brief(name) + " holds no plain numbers");
      if (!padding) {
        boolean big = type.group(1).equals(">");
        ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        boolean first = fields.put(name, new Field(size, order, kind, bytes)) == null;
        NpyHeader.check(
            first, file, Reason.BAD_HEADER, "Two columns are called " + Source.brief(name));
      }
      size += bytes;
      field.region(field.end(), text.length());
    }
    boolean whole = END.matcher(text).region(field.regionStart(), text.length()).lookingAt();
    NpyHeader.check(whole, file, Reason.UNSUPPORTED, "Its columns are not all plain numbers");
    return size;
  }

  public int rows() {
    return rows;
  }

  public boolean has(String name) {
    return fields.containsKey(name);
  }

  /** A column that must be there. */
  public Numbers column(String name) throws CorruptInputException {
    Field field = fields.get(name);
    NpyHeader.check(field != null, file, Reason.BAD_HEADER, "It has no column " + name);
    byte[] column = new byte[rows * field.size];
    for (int row = 0; row < rows; row++) {
      data.get(row * rowBytes + field.offset, column, row * field.size, field.size);
    }
    return new Numbers(ByteBuffer.wrap(column).order(field.order), field.kind, field.size);
  }
}
