package org.trispike.datasets.format.event;

import java.nio.ByteBuffer;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Source;

/**
 * Decodes EVT 3.0: words of 16 bits whose highest four are their type. Row and time are kept from
 * word to word; an event is a column with its polarity, or a bit of a vector of 12 or 8 columns
 * behind a base that moves on with each vector. The 24 bits of time come in two halves and wrap;
 * the upper half alone tells a wrap, since cameras let the lower one step back a little. Events
 * before the first time or row, and triggers, are skipped.
 */
final class Evt3Decoder {
  private static final int ROW = 0x0;
  private static final int COLUMN = 0x2;
  private static final int VECTOR_BASE = 0x3;
  private static final int VECTOR_12 = 0x4;
  private static final int VECTOR_8 = 0x5;
  private static final int TIME_LOW = 0x6;
  private static final int TIME_HIGH = 0x8;
  private static final int LOW_BITS = 12;
  private static final int CLOCK_BITS = 24;

  private final EventBuffer events;
  private final WrappingClock clock = new WrappingClock(CLOCK_BITS);
  private long high = -1;
  private int low;
  private int row = -1;
  private int base;
  private int sign;

  private Evt3Decoder(EventBuffer events) {
    this.events = events;
  }

  static EventBuffer decode(Source source, ByteBuffer data) throws CorruptInputException {
    RawReader.whole(source, data, Short.BYTES);
    EventBuffer events = new EventBuffer(source, data.remaining() / Short.BYTES);
    Evt3Decoder decoder = new Evt3Decoder(events);
    while (data.hasRemaining()) {
      decoder.word(data.getShort() & 0xFFFF);
    }
    return events;
  }

  private void word(int word) throws CorruptInputException {
    int place = word & 0x7FF;
    int bit11 = word >>> 11 & 1;
    switch (word >>> 12) {
      case ROW -> row = place;
      case COLUMN -> event(place, bit11);
      case VECTOR_BASE -> {
        base = place;
        sign = bit11;
      }
      case VECTOR_12 -> vector(word, 12);
      case VECTOR_8 -> vector(word, 8);
      case TIME_LOW -> low = word & 0xFFF;
      case TIME_HIGH -> {
        high = clock.time((word & 0xFFFL) << LOW_BITS);
      }
      default -> events.skip(1);
    }
  }

  private void vector(int bits, int columns) throws CorruptInputException {
    for (int i = 0; i < columns; i++) {
      if ((bits >>> i & 1) == 1) {
        event(base + i, sign);
      }
    }
    base += columns;
  }

  private void event(int column, int polarity) throws CorruptInputException {
    if (high < 0 || row < 0) {
      events.skip(1);
    } else {
      events.add(high + low, column, row, polarity);
    }
  }
}
