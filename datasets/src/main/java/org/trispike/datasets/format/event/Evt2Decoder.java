package org.trispike.datasets.format.event;

import java.nio.ByteBuffer;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Source;

/**
 * Decodes EVT 2.0: words of 32 bits whose highest four are their type. A change of brightness holds
 * the low 6 bits of its time, the column (11) and the row (11), highest first; the upper 28 bits of
 * the time come in words of their own, so that time wraps after 34 bits. Events before the first of
 * those have no time and are skipped, as are triggers.
 */
final class Evt2Decoder {
  private static final int OFF = 0;
  private static final int ON = 1;
  private static final int TIME_HIGH = 8;
  private static final int LOW_BITS = 6;
  private static final int CLOCK_BITS = 34;

  private Evt2Decoder() {}

  static EventBuffer decode(Source source, ByteBuffer data) throws CorruptInputException {
    RawReader.whole(source, data, Integer.BYTES);
    EventBuffer events = new EventBuffer(source, data.remaining() / Integer.BYTES);
    WrappingClock clock = new WrappingClock(CLOCK_BITS);
    long high = -1;
    while (data.hasRemaining()) {
      int word = data.getInt();
      int type = word >>> 28;
      if (type == TIME_HIGH) {
        high = clock.time((word & 0x0FFFFFFFL) << LOW_BITS);
      } else if ((type == OFF || type == ON) && high >= 0) {
        long micros = high + (word >>> 22 & 0x3F);
        events.add(micros, word >>> 11 & 0x7FF, word & 0x7FF, type);
      } else {
        events.skip(1);
      }
    }
    return events;
  }
}
