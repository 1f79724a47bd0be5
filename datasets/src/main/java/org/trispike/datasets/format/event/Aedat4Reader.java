package org.trispike.datasets.format.event;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;

/**
 * Reads AEDAT 4.0, the files of DV: a line of magic, a header, packets of one stream each, and a
 * table of the packets that is not needed here. Header and packets are flatbuffers, the latter
 * packed; their layouts are those of iniVation's IOHeader.fbs and of the events in dv-processing.
 * Of the streams, that of events is read; time counts from 1970.
 */
final class Aedat4Reader {
  static final String MAGIC = "#!AER-DAT4.0\r\n";

  /** Fields of the header. */
  private static final int PACKING = 0;

  private static final int TABLE_POSITION = 1;
  private static final int DESCRIPTION = 2;

  private static final int PACKET_HEADER = 8;

  /** The only field of a packet of events, and the layout of an event. */
  private static final int ELEMENTS = 0;

  private static final int EVENT = 16;
  private static final int COLUMN = 8;
  private static final int ROW = 10;
  private static final int ON = 12;

  private Aedat4Reader() {}

  static Events read(Source source, byte[] bytes) throws CorruptInputException {
    int start = MAGIC.length();
    FlatTable header = FlatTable.root(source, bytes, start, bytes.length, "IOHE");
    Aedat4Packing packing = Aedat4Packing.of(source, header.int32(PACKING, 0));
    Aedat4Streams stream = Aedat4Streams.events(source, header.string(DESCRIPTION));
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    in.position(start + Integer.BYTES + in.getInt(start));
    in.limit(end(source, in.position(), bytes.length, header.int64(TABLE_POSITION, -1)));
    EventBuffer events = new EventBuffer(source, in.remaining() / EVENT);
    while (in.hasRemaining()) {
      int size = size(source, in);
      int from = in.position();
      if (in.getInt(from - PACKET_HEADER) == stream.id()) {
        add(source, packing.unpack(source, bytes, from, from + size), events);
      } else {
        events.skip(1);
      }
      in.position(from + size);
    }
    return stream.sensor().isPresent() ? events.events(stream.sensor().get()) : events.events();
  }

  /** Where the packets end: before their table, or with a file that was never closed. */
  private static int end(Source source, int start, int length, long table)
      throws CorruptInputException {
    if (table < 0) {
      return length;
    }
    source.check(
        table <= length,
        Reason.TRUNCATED,
        "Its packets go on to byte %s, and it ends at %s",
        table,
        length);
    source.check(
        table >= start, Reason.BAD_HEADER, "Its packets end at %s, before their start", table);
    return (int) table;
  }

  /** The size of the packet behind the next header, which begins with the packet's stream. */
  private static int size(Source source, ByteBuffer in) throws CorruptInputException {
    source.check(
        in.remaining() >= PACKET_HEADER, Reason.TRUNCATED, "It ends in the header of a packet");
    int size = in.getInt(in.position() + Integer.BYTES);
    in.position(in.position() + PACKET_HEADER);
    source.check(size >= 0, Reason.BAD_HEADER, "A packet has %s bytes", size);
    source.check(
        size <= in.remaining(),
        Reason.TRUNCATED,
        "A packet of %s bytes is more than the %s left",
        size,
        in.remaining());
    return size;
  }

  private static void add(Source source, byte[] packet, EventBuffer events)
      throws CorruptInputException {
    FlatTable table = FlatTable.root(source, packet, 0, packet.length, "EVTS");
    ByteBuffer elements = table.vector(ELEMENTS, EVENT);
    for (int at = 0; at < elements.limit(); at += EVENT) {
      int sign = elements.get(at + ON) == 0 ? 0 : 1;
      long micros = elements.getLong(at);
      events.add(micros, elements.getShort(at + COLUMN), elements.getShort(at + ROW), sign);
    }
  }
}
