package org.trispike.datasets.format.event;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;

/**
 * A table of a flatbuffer, as much of that format as AEDAT4 uses. A table begins with the way back
 * to its list of field offsets, where 0 stands for a field that is absent; strings and vectors lie
 * where their field points, behind their length. Every way is checked before it is gone.
 */
final class FlatTable {
  private static final int IDENTIFIER = 4;

  private final Source source;
  private final ByteBuffer in;
  private final int table;
  private final int fields;
  private final int fieldsSize;

  private FlatTable(Source source, ByteBuffer in, int table) throws CorruptInputException {
    this.source = source;
    this.in = in;
    this.table = table;
    this.fields = inside(table - (long) in.getInt(inside(table, Integer.BYTES)), Short.BYTES);
    this.fieldsSize = in.getShort(fields) & 0xFFFF;
    inside(fields, fieldsSize);
  }

  /**
   * The root of the buffer [from, to), which begins with its size.
   *
   * @param identifier the four letters that tell what it holds
   */
  static FlatTable root(Source source, byte[] bytes, int from, int to, String identifier)
      throws CorruptInputException {
    int start = from + Integer.BYTES;
    source.check(
        to - start >= Integer.BYTES + IDENTIFIER,
        Reason.TRUNCATED,
        "It ends in the header of '%s'",
        identifier);
    ByteBuffer whole = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long size = whole.getInt(from) & 0xFFFFFFFFL;
    if (size > to - start) {
      throw source.bad(
          Reason.TRUNCATED, "'%s' of %s bytes has only %s", identifier, size, to - start);
    }
    source.check(
        TextHeader.begins(bytes, start + Integer.BYTES, identifier),
        Reason.BAD_MAGIC,
        "A buffer is not of kind '%s'",
        identifier);
    ByteBuffer in = whole.slice(start, (int) size).order(ByteOrder.LITTLE_ENDIAN);
    source.check(size >= Integer.BYTES, Reason.BAD_HEADER, "A buffer has %s bytes", size);
    int table = in.getInt(0);
    return new FlatTable(source, in, table);
  }

  int int32(int field, int other) throws CorruptInputException {
    int at = at(field, Integer.BYTES);
    return at == 0 ? other : in.getInt(at);
  }

  long int64(int field, long other) throws CorruptInputException {
    int at = at(field, Long.BYTES);
    return at == 0 ? other : in.getLong(at);
  }

  /** A text, "" if it is absent. */
  String string(int field) throws CorruptInputException {
    ByteBuffer content = vector(field, 1);
    byte[] text = new byte[content.remaining()];
    content.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  /** The elements of a vector, of so many bytes each; none if it is absent. */
  ByteBuffer vector(int field, int elementBytes) throws CorruptInputException {
    int at = at(field, Integer.BYTES);
    if (at == 0) {
      return ByteBuffer.allocate(0);
    }
    int vector = inside(at + (in.getInt(at) & 0xFFFFFFFFL), Integer.BYTES);
    long bytes = (in.getInt(vector) & 0xFFFFFFFFL) * elementBytes;
    int start = inside(vector + (long) Integer.BYTES, bytes);
    return in.slice(start, (int) bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Where a field lies, 0 if it is absent. */
  private int at(int field, int bytes) throws CorruptInputException {
    int entry = 2 * Short.BYTES + field * Short.BYTES; // behind the sizes of list and table
    if (entry + Short.BYTES > fieldsSize) {
      return 0;
    }
    int offset = in.getShort(fields + entry) & 0xFFFF;
    return offset == 0 ? 0 : inside(table + (long) offset, bytes);
  }

  private int inside(long at, long bytes) throws CorruptInputException {
    boolean ok = at >= 0 && bytes <= in.capacity() - at;
    if (!ok) {
      throw source.bad(
          Reason.INDEX_OUT_OF_RANGE,
          "A flatbuffer of %s bytes points to %s bytes at %s",
          in.capacity(),
          bytes,
          at);
    }
    return (int) at;
  }
}
