package org.trispike.datasets.format.event;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;

/**
 * Reads Prophesee's .dat files: a header, the type and the size of an event, then for each event 32
 * bits of microseconds and 32 bits that hold the column (14), the row (14) and the polarity, lowest
 * first.
 */
final class DatReader {
  private static final int EVENT = 8;
  private static final int CLOCK_BITS = 32;

  /** Types of events that hold a change of brightness: that of old files and that of new ones. */
  private static final int EVENT_2D = 0;

  private static final int EVENT_CD = 12;

  private DatReader() {}

  static Events read(Source source, byte[] bytes) throws CorruptInputException {
    PropheseeHeader header = PropheseeHeader.read(source, bytes);
    String version = header.value("version").orElse("2");
    source.check(
        version.equals("2"),
        Reason.UNSUPPORTED,
        "Its version is '%s', and only 2 is read",
        Source.brief(version));
    int start = header.end() + 2;
    source.check(start <= bytes.length, Reason.TRUNCATED, "It ends in its header");
    int type = bytes[start - 2] & 255;
    int size = bytes[start - 1] & 255;
    boolean known = size == EVENT && (type == EVENT_2D || type == EVENT_CD);
    source.check(known, Reason.UNSUPPORTED, "Its events are of type %s and size %s", type, size);
    source.check(
        (bytes.length - start) % EVENT == 0,
        Reason.TRUNCATED,
        "Its %s bytes of data end within an event of %s bytes",
        bytes.length - start,
        EVENT);
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    EventBuffer events = new EventBuffer(source, (bytes.length - start) / EVENT);
    WrappingClock clock = new WrappingClock(CLOCK_BITS);
    for (int at = start; at < bytes.length; at += EVENT) {
      int word = in.getInt(at + 4);
      long micros = clock.time(in.getInt(at) & 0xFFFFFFFFL);
      events.add(micros, word & 0x3FFF, word >>> 14 & 0x3FFF, word >>> 28 & 1);
    }
    return header.events(source, events);
  }
}
