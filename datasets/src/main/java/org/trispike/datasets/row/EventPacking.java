package org.trispike.datasets.row;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.trispike.datasets.format.event.Events;

/**
 * How events lie in their one binary value, 9 bytes each, little-endian: all columns as u16, all
 * rows as u16, all times as u32 microseconds since the event before (the first: since the start of
 * the recording), all polarities as u8. One field after the other, and times as differences, pack
 * into a third of what whole events do under zstd.
 */
final class EventPacking {
  private static final int BYTES = 9;
  private static final long LONGEST_PAUSE = 0xFFFFFFFFL;

  private EventPacking() {}

  /**
   * @param startMicros not after the first event
   * @throws IllegalArgumentException if two events are more than 71 minutes apart
   */
  static byte[] pack(Events events, long startMicros) {
    ByteBuffer out =
        ByteBuffer.allocate(Math.multiplyExact(events.size(), BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    out.asShortBuffer().put(events.x()).put(events.y());
    out.position(4 * events.size());
    long before = startMicros;
    for (long micros : events.micros()) {
      long pause = micros - before;
      if (pause < 0 || pause > LONGEST_PAUSE) {
        throw new IllegalArgumentException(
            "An event at " + micros + " us comes " + pause + " us after what is before it");
      }
      out.putInt((int) pause);
      before = micros;
    }
    return out.put(events.polarity()).array();
  }

  static Events unpack(byte[] packed, int width, int height, long startMicros) {
    if (packed.length % BYTES != 0) {
      throw new IllegalArgumentException(
          "Events are " + packed.length + " bytes, no multiple of " + BYTES);
    }
    int n = packed.length / BYTES;
    ByteBuffer in = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
    short[] x = new short[n];
    short[] y = new short[n];
    long[] micros = new long[n];
    byte[] polarity = new byte[n];
    in.asShortBuffer().get(x).get(y);
    in.position(4 * n);
    long time = startMicros;
    for (int i = 0; i < n; i++) {
      time += in.getInt() & LONGEST_PAUSE;
      micros[i] = time;
    }
    in.get(polarity);
    return new Events(width, height, micros, x, y, polarity);
  }
}
