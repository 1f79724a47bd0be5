package org.trispike.kernels.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trispike.kernels.io.MalformedFileException.Reason;

/**
 * The checked header of a safetensors file.
 *
 * @param entries by position of their bytes, covering all of them once
 */
record SafeTensorsHeader(List<Entry> entries, Map<String, String> metadata) {
  static final String METADATA = "__metadata__";

  /** Bytes of the header's length. */
  static final int PREFIX = 8;

  /** One tensor's bytes, [begin, end) behind the header. */
  record Entry(String name, Type type, int[] shape, long begin, long end) {}

  /** Bytes behind the header. */
  long dataLength() {
    return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).end();
  }

  /** Element types that are read. */
  enum Type {
    F32(4),
    F16(2),
    U8(1);

    private final int width;

    Type(int width) {
      this.width = width;
    }

    /** Bytes of an element. */
    int width() {
      return width;
    }

    static Optional<Type> of(String word) {
      return Arrays.stream(values()).filter(type -> type.name().equals(word)).findFirst();
    }
  }

  /**
   * Reads the first bytes of a stream, which then stands at the first tensor.
   *
   * @param length bytes that the stream has
   */
  static SafeTensorsHeader read(InputStream in, long length, String source) throws IOException {
    if (length < PREFIX) {
      throw truncated(source, "has " + length + " bytes, fewer than a header's length");
    }
    byte[] prefix = readFully(in, PREFIX, source);
    long bytes = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (bytes < 0 || bytes > SafeTensors.HEADER_LIMIT) {
      throw new MalformedFileException(
          source,
          Reason.HEADER_TOO_LARGE,
          "header of " + Long.toUnsignedString(bytes) + " bytes, over " + SafeTensors.HEADER_LIMIT);
    }
    if (bytes > length - PREFIX) {
      throw truncated(source, "header of " + bytes + " bytes, of which there are fewer");
    }
    return parse(readFully(in, (int) bytes, source), length - PREFIX - bytes, source);
  }

  private static byte[] readFully(InputStream in, int count, String source) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw truncated(source, "ends inside its header");
    }
    return bytes;
  }

  private static MalformedFileException truncated(String source, String message) {
    return new MalformedFileException(source, Reason.TRUNCATED, message);
  }

  static SafeTensorsHeader parse(byte[] bytes, long dataLength, String source)
      throws MalformedFileException {
    List<Entry> entries = new ArrayList<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, Object> field : json(bytes, source).entrySet()) {
      if (!(field.getValue() instanceof Map<?, ?> map)) {
        throw bad(source, field.getKey() + " is not an object");
      }
      if (field.getKey().equals(METADATA)) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          if (!(entry.getValue() instanceof String value)) {
            throw bad(source, METADATA + "." + entry.getKey() + " is not a string");
          }
          metadata.put((String) entry.getKey(), value);
        }
      } else {
        entries.add(entry(field.getKey(), map, dataLength, source));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    checkCover(entries, dataLength, source);
    return new SafeTensorsHeader(entries, metadata);
  }

  private static Map<String, Object> json(byte[] bytes, String source)
      throws MalformedFileException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (!text.startsWith("{")) {
        throw bad(source, "header does not begin with {");
      }
      return Json.parseObject(text);
    } catch (CharacterCodingException e) {
      throw bad(source, "header is not UTF-8");
    } catch (JsonException e) {
      Reason reason = e.duplicateKey() ? Reason.DUPLICATE_KEY : Reason.BAD_HEADER;
      throw new MalformedFileException(source, reason, "header: " + e.getMessage());
    }
  }

  private static Entry entry(String name, Map<?, ?> map, long dataLength, String source)
      throws MalformedFileException {
    if (map.size() != 3
        || !(map.get("dtype") instanceof String word)
        || !(map.get("shape") instanceof List<?> extents)
        || !(map.get("data_offsets") instanceof List<?> offsets)
        || offsets.size() != 2
        || !(offsets.get(0) instanceof Long begin)
        || !(offsets.get(1) instanceof Long end)) {
      throw bad(source, "tensor " + name + " has not exactly dtype, shape and two data_offsets");
    }
    Optional<Type> type = Type.of(word);
    if (type.isEmpty()) {
      throw new MalformedFileException(
          source,
          Reason.UNSUPPORTED_TYPE,
          "tensor " + name + " is " + word + ", not F32, F16 or U8");
    }
    if (begin < 0 || end < begin) {
      throw bad(source, "tensor " + name + " has bytes " + begin + ".." + end);
    }
    if (end > dataLength) {
      throw new MalformedFileException(
          source,
          Reason.TRUNCATED,
          "tensor " + name + " ends at byte " + end + " of " + dataLength);
    }
    int[] shape = shape(name, extents, type.get().width(), end - begin, source);
    return new Entry(name, type.get(), shape, begin, end);
  }

  private static int[] shape(String name, List<?> extents, int width, long bytes, String source)
      throws MalformedFileException {
    int[] shape = new int[extents.size()];
    long elements = 1;
    for (int i = 0; i < shape.length; i++) {
      // Extents and their product stay below 2^31, so that the product cannot overflow.
      if (!(extents.get(i) instanceof Long extent) || extent < 0 || extent > Integer.MAX_VALUE) {
        throw badShape(source, name, extents);
      }
      shape[i] = (int) (long) extent;
      elements *= extent;
      if (elements > Integer.MAX_VALUE - 8) {
        throw badShape(source, name, extents);
      }
    }
    if (elements * width != bytes) {
      throw new MalformedFileException(
          source,
          Reason.BAD_SHAPE,
          "tensor " + name + " of shape " + extents + " does not take " + bytes + " bytes");
    }
    return shape;
  }

  private static void checkCover(List<Entry> entries, long dataLength, String source)
      throws MalformedFileException {
    long covered = 0;
    for (Entry entry : entries) {
      if (entry.begin() < covered) {
        throw new MalformedFileException(
            source, Reason.OVERLAP, "tensor " + entry.name() + " shares bytes with another");
      }
      if (entry.begin() > covered) {
        throw hole(source, covered, entry.begin());
      }
      covered = entry.end();
    }
    if (covered != dataLength) {
      throw hole(source, covered, dataLength);
    }
  }

  private static MalformedFileException hole(String source, long from, long to) {
    return new MalformedFileException(
        source, Reason.HOLE, "bytes " + from + ".." + to + " belong to no tensor");
  }

  private static MalformedFileException badShape(String source, String name, List<?> extents) {
    return new MalformedFileException(
        source, Reason.BAD_SHAPE, "tensor " + name + " has the shape " + extents);
  }

  private static MalformedFileException bad(String source, String message) {
    return new MalformedFileException(source, Reason.BAD_HEADER, message);
  }
}
