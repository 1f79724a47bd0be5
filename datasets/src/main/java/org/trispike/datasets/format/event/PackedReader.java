package org.trispike.datasets.format.event;

import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;

/**
 * Reads files that are events alone, without a header. Those of N-MNIST and N-Caltech101 (.bin) and
 * of SLAYER (.bs2) take five bytes an event: column, row, and 24 bits with the polarity highest and
 * the microseconds below, most significant first. SLAYER's .bs3 takes seven: column and row of 12
 * bits, a byte for the polarity and 24 bits of microseconds.
 */
final class PackedReader {
  private static final int SHORT_EVENT = 5;
  private static final int LONG_EVENT = 7;

  /**
   * In .bin files a row of 240 is no event but says that the 13 bits of the camera's clock began
   * anew; all later times move on by their range. So do the readers of the data sets' author:
   * gorchard/event-Python, eventvision.py, read_dataset.
   */
  private static final int OVERFLOW_ROW = 240;

  private static final long OVERFLOW_MICROS = 1 << 13;

  /** N-MNIST. Recordings of N-Caltech101 share its files' form and are larger. */
  private static final Sensor NMNIST = new Sensor(34, 34);

  private PackedReader() {}

  static Events readBin(Source source, byte[] bytes) throws CorruptInputException {
    EventBuffer events = five(source, bytes, true);
    Sensor smallest = events.smallest();
    boolean nmnist = smallest.width() <= NMNIST.width() && smallest.height() <= NMNIST.height();
    return events.events(nmnist ? NMNIST : smallest);
  }

  static Events readBs2(Source source, byte[] bytes) throws CorruptInputException {
    return five(source, bytes, false).events();
  }

  private static EventBuffer five(Source source, byte[] bytes, boolean overflows)
      throws CorruptInputException {
    whole(source, bytes, SHORT_EVENT);
    EventBuffer events = new EventBuffer(source, bytes.length / SHORT_EVENT);
    long wrapped = 0;
    for (int at = 0; at < bytes.length; at += SHORT_EVENT) {
      int row = bytes[at + 1] & 255;
      int sign = (bytes[at + 2] & 255) >>> 7;
      if (overflows && row == OVERFLOW_ROW) {
        wrapped += OVERFLOW_MICROS;
        events.skip(1);
      } else {
        int micros = threeBytes(bytes, at + 2) & 0x7FFFFF;
        events.add(wrapped + micros, bytes[at] & 255, row, sign);
      }
    }
    return events;
  }

  static Events readBs3(Source source, byte[] bytes) throws CorruptInputException {
    whole(source, bytes, LONG_EVENT);
    EventBuffer events = new EventBuffer(source, bytes.length / LONG_EVENT);
    for (int at = 0; at < bytes.length; at += LONG_EVENT) {
      int place = threeBytes(bytes, at);
      events.add(threeBytes(bytes, at + 4), place >>> 12, place & 0xFFF, bytes[at + 3] & 255);
    }
    return events.events();
  }

  private static int threeBytes(byte[] bytes, int at) {
    return (bytes[at] & 255) << 16 | (bytes[at + 1] & 255) << 8 | (bytes[at + 2] & 255);
  }

  private static void whole(Source source, byte[] bytes, int event) throws CorruptInputException {
    source.check(
        bytes.length % event == 0,
        Reason.TRUNCATED,
        "Its %s bytes end within an event of %s bytes",
        bytes.length,
        event);
  }
}
