package org.trispike.datasets.format.event;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;

/**
 * Reads AEDAT 3.1, the files of cAER: a header in lines that begin with '#', then packets of events
 * of one type, least significant byte first. Rows count from the top. Packets of other types, and
 * events that were marked as invalid, are skipped.
 */
final class Aedat3Reader {
  static final String MAGIC = "#!AER-DAT3.1";

  private static final String LAST_LINE = "#!END-HEADER";
  private static final String SOURCE = "#Source ";
  private static final int PACKET_HEADER = 28;
  private static final int POLARITY = 1;
  private static final int EVENT = 8;
  private static final int TIME_OFFSET = 4;
  private static final int CLOCK_BITS = 31;

  private Aedat3Reader() {}

  static Events read(Source source, byte[] bytes) throws CorruptInputException {
    TextHeader header = TextHeader.read(source, bytes, "#", LAST_LINE);
    source.check(
        header.lines().contains(LAST_LINE), Reason.BAD_HEADER, "Its header has no last line");
    String format = header.after("#Format:").orElse("RAW");
    source.check(
        format.equals("RAW"),
        Reason.UNSUPPORTED,
        "Its packets are packed as '%s'",
        Source.brief(format));
    Optional<Sensor> sensor = sensor(source, header);
    ByteBuffer in =
        ByteBuffer.wrap(bytes, header.end(), bytes.length - header.end())
            .order(ByteOrder.LITTLE_ENDIAN);
    EventBuffer events = new EventBuffer(source, in.remaining() / EVENT);
    while (in.hasRemaining()) {
      packet(source, in, events);
    }
    return sensor.isPresent() ? events.events(sensor.get()) : events.events();
  }

  private static Optional<Sensor> sensor(Source source, TextHeader header)
      throws CorruptInputException {
    List<String> lines = header.lines().stream().filter(line -> line.startsWith(SOURCE)).toList();
    source.check(
        lines.size() <= 1, Reason.UNSUPPORTED, "It mixes the events of %s cameras", lines.size());
    return lines.stream()
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .flatMap(Sensor::named);
  }

  private static void packet(Source source, ByteBuffer in, EventBuffer events)
      throws CorruptInputException {
    source.check(
        in.remaining() >= PACKET_HEADER, Reason.TRUNCATED, "It ends in the header of a packet");
    int at = in.position();
    int type = in.getShort(at);
    int size = in.getInt(at + 4);
    int timeOffset = in.getInt(at + 8);
    long overflows = in.getInt(at + 12);
    int capacity = in.getInt(at + 16); // in files the same as the number
    int number = in.getInt(at + 20);
    in.position(at + PACKET_HEADER);
    source.check(
        size > 0 && number >= 0 && capacity >= number && overflows >= 0,
        Reason.BAD_HEADER,
        "The packet at byte %s has a header that makes no sense",
        at);
    long length = (long) size * capacity;
    source.check(
        length <= in.remaining(),
        Reason.TRUNCATED,
        "A packet of %s bytes is more than the %s left",
        length,
        in.remaining());
    int end = in.position() + (int) length;
    if (type == POLARITY) {
      source.check(
          size == EVENT && timeOffset == TIME_OFFSET,
          Reason.BAD_HEADER,
          "Its events have %s bytes, with the time at %s",
          size,
          timeOffset);
      polarity(in, number, overflows << CLOCK_BITS, events);
    } else {
      events.skip(number);
    }
    in.position(end);
  }

  private static void polarity(ByteBuffer in, int number, long start, EventBuffer events)
      throws CorruptInputException {
    for (int i = 0; i < number; i++) {
      int data = in.getInt();
      int micros = in.getInt();
      if ((data & 1) == 0) {
        events.skip(1);
      } else {
        long time = micros < 0 ? micros : start + micros;
        events.add(time, data >>> 17, data >>> 2 & 0x7FFF, data >>> 1 & 1);
      }
    }
  }
}
