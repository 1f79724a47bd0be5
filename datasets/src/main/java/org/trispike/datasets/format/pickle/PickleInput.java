package org.trispike.datasets.format.pickle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;

/** The bytes of a pickle, and what may be made of them. */
final class PickleInput {
  private static final int MOST_OBJECTS = 10_000_000;

  /** Bytes that may be copied out of values for each byte of the pickle. */
  private static final int MOST_COPIES = 8;

  private final String file;
  private final ByteBuffer in;
  private final long mostCopied;
  private int at;
  private long objects;
  private long copied;

  PickleInput(String file, byte[] bytes, int from) {
    this.file = file;
    this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(from);
    this.mostCopied = (long) bytes.length * MOST_COPIES;
  }

  String file() {
    return file;
  }

  /** The next instruction; messages name its place from now on. */
  int instruction() throws CorruptInputException {
    at = in.position();
    return uint8();
  }

  boolean ended() {
    return !in.hasRemaining();
  }

  int uint8() throws CorruptInputException {
    need(1);
    return in.get() & 255;
  }

  int uint16() throws CorruptInputException {
    need(2);
    return in.getShort() & 0xFFFF;
  }

  int int32() throws CorruptInputException {
    need(4);
    return in.getInt();
  }

  long uint32() throws CorruptInputException {
    return int32() & 0xFFFFFFFFL;
  }

  /** Unsigned, but what is beyond 63 bits is beyond every file too. */
  long uint64() throws CorruptInputException {
    need(8);
    long value = in.getLong();
    return value < 0 ? Long.MAX_VALUE : value;
  }

  /** A double, which pickles alone keep with the high byte first. */
  double float64() throws CorruptInputException {
    need(8);
    return Double.longBitsToDouble(Long.reverseBytes(in.getLong()));
  }

  byte[] bytes(long length) throws CorruptInputException {
    need(length);
    byte[] bytes = new byte[(int) length];
    in.get(bytes);
    return bytes;
  }

  String utf8(long length) throws CorruptInputException {
    need(length);
    ByteBuffer part = in.slice(in.position(), (int) length);
    in.position(in.position() + (int) length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
    } catch (CharacterCodingException e) {
      throw bad(Reason.CORRUPT_INPUT, "A text is not UTF-8");
    }
  }

  /** What stands before the next line feed, a character for each byte. */
  String line() throws CorruptInputException {
    int from = in.position();
    int to = from;
    while (to < in.limit() && in.get(to) != '\n') {
      to++;
    }
    check(to < in.limit(), Reason.TRUNCATED, "It ends in a line");
    in.position(to + 1);
    return new String(in.array(), from, to - from, StandardCharsets.ISO_8859_1);
  }

  void need(long length) throws CorruptInputException {
    if (length > in.remaining()) {
      throw bad(Reason.TRUNCATED, "%s bytes are more than the %s left", length, in.remaining());
    }
  }

  /** Takes note of objects before they are made. */
  void count(long made) throws CorruptInputException {
    objects += made;
    check(objects <= MOST_OBJECTS, Reason.COUNT_OVERFLOW, "It makes more than 10,000,000 objects");
  }

  /** Takes note of bytes that are made of a value, which a pickle can name again and again. */
  void copy(long bytes) throws CorruptInputException {
    copied += bytes;
    check(copied <= mostCopied, Reason.TOO_LARGE, "It unpacks to many times its size");
  }

  void check(boolean ok, Reason reason, String message) throws CorruptInputException {
    if (!ok) {
      throw bad(reason, message);
    }
  }

  CorruptInputException bad(Reason reason, String message, Object... values) {
    String text = values.length == 0 ? message : String.format(Locale.ROOT, message, values);
    return new CorruptInputException(file, reason, text + ", at byte " + at);
  }
}
