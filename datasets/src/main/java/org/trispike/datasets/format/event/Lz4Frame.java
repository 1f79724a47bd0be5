package org.trispike.datasets.format.event;

import java.util.Arrays;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;

/**
 * Unpacks a frame of LZ4. AEDAT4 files have blocks that refer to bytes of earlier blocks, which the
 * lz4-java library refuses; so this decodes into one array, where such references are like any
 * other. Checksums are passed over. Format: lz4_Frame_format.md and lz4_Block_format.md of lz4/lz4.
 */
final class Lz4Frame {
  private static final int MAGIC = 0x184D2204;
  private static final int SHORTEST_MATCH = 4;
  private static final int NIBBLE = 15;

  private final Source source;
  private final byte[] bytes;
  private final int end;
  private final int most;
  private int at;
  private byte[] out;
  private int size;

  private Lz4Frame(Source source, byte[] bytes, int from, int to, int most) {
    this.source = source;
    this.bytes = bytes;
    this.at = from;
    this.end = to;
    this.most = most;
    this.out = new byte[(int) Math.min(most, 4L * (to - from))];
  }

  /**
   * What the frame [from, to) holds.
   *
   * @param most bytes that it may unpack to
   */
  static byte[] unpack(Source source, byte[] bytes, int from, int to, int most)
      throws CorruptInputException {
    Lz4Frame frame = new Lz4Frame(source, bytes, from, to, most);
    frame.run();
    return Arrays.copyOf(frame.out, frame.size);
  }

  private void run() throws CorruptInputException {
    source.check(int32() == MAGIC, Reason.BAD_MAGIC, "A packet is no frame of LZ4");
    int flags = next();
    boolean dictionary = (flags & 1) != 0;
    source.check(
        flags >>> 6 == 1 && !dictionary,
        Reason.UNSUPPORTED,
        "A frame of LZ4 has the flags %s",
        flags);
    boolean contentSize = (flags & 8) != 0;
    int blockChecksum = (flags & 16) != 0 ? Integer.BYTES : 0;
    skip(contentSize ? 10 : 2); // with the largest block's size and the header's checksum
    for (int block = int32(); block != 0; block = int32()) {
      int length = block & 0x7FFFFFFF;
      need(length);
      if (block < 0) {
        literals(length);
      } else {
        block(at + length);
      }
      skip(blockChecksum);
    }
  }

  /** A block: literals and matches in turns, of which the last are literals. */
  private void block(int blockEnd) throws CorruptInputException {
    while (at < blockEnd) {
      int token = next();
      literals(length(token >>> 4));
      if (at < blockEnd) {
        int distance = next() | next() << 8;
        match(distance, SHORTEST_MATCH + length(token & NIBBLE));
      }
    }
    source.check(
        at == blockEnd, Reason.TRUNCATED, "A block of LZ4 ends %s bytes early", at - blockEnd);
  }

  /** A length that goes on in bytes of its own when it fills its four bits. */
  private int length(int nibble) throws CorruptInputException {
    int length = nibble;
    int more = nibble == NIBBLE ? 255 : 0;
    while (more == 255) {
      more = next();
      length += more;
      source.check(length <= most, Reason.TOO_LARGE, "It unpacks to more than %s bytes", most);
    }
    return length;
  }

  private void literals(int length) throws CorruptInputException {
    need(length);
    room(length);
    System.arraycopy(bytes, at, out, size, length);
    at += length;
    size += length;
  }

  private void match(int distance, int length) throws CorruptInputException {
    source.check(
        distance > 0 && distance <= size,
        Reason.INDEX_OUT_OF_RANGE,
        "A match of LZ4 lies %s bytes back, behind %s",
        distance,
        size);
    room(length);
    for (int i = 0; i < length; i++) { // byte by byte, since a match may run into itself
      out[size] = out[size - distance];
      size++;
    }
  }

  private void room(int length) throws CorruptInputException {
    source.check(
        (long) size + length <= most, Reason.TOO_LARGE, "It unpacks to more than %s bytes", most);
    if (size + length > out.length) {
      out = Arrays.copyOf(out, (int) Math.min(most, Math.max(2L * out.length, size + length)));
    }
  }

  private void need(int length) throws CorruptInputException {
    source.check(
        length <= end - at,
        Reason.TRUNCATED,
        "LZ4 needs %s bytes, of which %s are left",
        length,
        end - at);
  }

  private int next() throws CorruptInputException {
    need(1);
    return bytes[at++] & 255;
  }

  private int int32() throws CorruptInputException {
    return next() | next() << 8 | next() << 16 | next() << 24;
  }

  private void skip(int length) throws CorruptInputException {
    need(length);
    at += length;
  }
}
