package org.trispike.datasets.format.event;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;

/**
 * Reads AEDAT 2.0, the files of jAER: a header in lines that begin with '#', then for each event 32
 * bits of address and 32 of microseconds, most significant byte first. What an address means
 * depends on the camera; that of the DVS128 is taken where the header names none. jAER mirrors the
 * columns of both cameras, which is kept, and counts rows from the bottom, which is turned: here
 * they count from the top.
 */
final class Aedat2Reader {
  static final String MAGIC = "#!AER-DAT2.0";

  private static final int EVENT = 8;
  private static final int CLOCK_BITS = 32;
  private static final String LAST_LINE = "#End Of ASCII Header";

  /** DVS128: jAER's bits for events of its sync input, and for special events. */
  private static final int DVS_SPECIAL = 0x8000_8000;

  private static final int DVS_UNUSED = 0x7FFF_0000;

  /** DAVIS: bit 31 is set for samples of frames and motion, bit 10 for the external input. */
  private static final int DAVIS_SPECIAL = 0x8000_0400;

  private Aedat2Reader() {}

  static Events read(Source source, byte[] bytes) throws CorruptInputException {
    TextHeader header = TextHeader.read(source, bytes, "#", LAST_LINE);
    String chip = header.after("# AEChip:").orElse("DVS128");
    String camera = chip.substring(chip.lastIndexOf('.') + 1);
    Optional<Sensor> sensor = Sensor.named(camera);
    source.check(
        sensor.isPresent(),
        Reason.UNSUPPORTED,
        "The addresses of the camera '%s' are not known",
        Source.brief(camera));
    int data = bytes.length - header.end();
    source.check(
        data % EVENT == 0,
        Reason.TRUNCATED,
        "Its %s bytes of data end within an event of %s bytes",
        data,
        EVENT);
    ByteBuffer in = ByteBuffer.wrap(bytes, header.end(), data);
    EventBuffer events = new EventBuffer(source, data / EVENT);
    if (camera.regionMatches(true, 0, "dvs", 0, 3)) {
      readDvs(source, in, sensor.get(), events);
    } else {
      readDavis(in, sensor.get(), events);
    }
    return events.events(sensor.get());
  }

  private static void readDvs(Source source, ByteBuffer in, Sensor sensor, EventBuffer events)
      throws CorruptInputException {
    WrappingClock clock = new WrappingClock(CLOCK_BITS);
    while (in.hasRemaining()) {
      int address = in.getInt();
      long micros = clock.time(in.getInt() & 0xFFFFFFFFL);
      if ((address & DVS_SPECIAL) != 0) {
        events.skip(1);
      } else {
        source.check(
            (address & DVS_UNUSED) == 0,
            Reason.INDEX_OUT_OF_RANGE,
            "The address %s is none of a DVS128",
            address);
        int column = sensor.width() - 1 - (address >>> 1 & 0x7F);
        int row = sensor.height() - 1 - (address >>> 8 & 0x7F);
        events.add(micros, column, row, 1 - (address & 1));
      }
    }
  }

  private static void readDavis(ByteBuffer in, Sensor sensor, EventBuffer events)
      throws CorruptInputException {
    WrappingClock clock = new WrappingClock(CLOCK_BITS);
    while (in.hasRemaining()) {
      int address = in.getInt();
      long micros = clock.time(in.getInt() & 0xFFFFFFFFL);
      if ((address & DAVIS_SPECIAL) != 0) {
        events.skip(1);
      } else {
        int column = sensor.width() - 1 - (address >>> 12 & 0x3FF);
        int row = sensor.height() - 1 - (address >>> 22 & 0x1FF);
        events.add(micros, column, row, address >>> 11 & 1);
      }
    }
  }
}
