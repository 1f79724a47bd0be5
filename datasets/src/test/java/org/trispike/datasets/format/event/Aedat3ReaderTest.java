package org.trispike.datasets.format.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;

final class Aedat3ReaderTest {
  private static final String HEADER =
      "#!AER-DAT3.1\r\n#Format: RAW\r\n#Source 1: DVS128\r\n#!END-HEADER\r\n";

  private static byte[] packet(int type, int size, int overflow, int number, byte[] content) {
    return ByteBuffer.allocate(28 + content.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) type)
        .putShort((short) 1)
        .putInt(size)
        .putInt(4)
        .putInt(overflow)
        .putInt(number)
        .putInt(number)
        .putInt(number)
        .put(content)
        .array();
  }

  private static byte[] polarity(int overflow, Events events) {
    ByteBuffer content = ByteBuffer.allocate(events.size() * 8).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < events.size(); i++) {
      int place = events.x()[i] << 17 | events.y()[i] << 2;
      content.putInt(place | events.polarity()[i] << 1 | 1);
      content.putInt((int) (events.micros()[i] & Integer.MAX_VALUE));
    }
    return packet(1, 8, overflow, events.size(), content.array());
  }

  private static Recording file(String header, byte[]... packets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(header.getBytes(StandardCharsets.ISO_8859_1));
    for (byte[] packet : packets) {
      out.writeBytes(packet);
    }
    return new Recording("a.aedat", out.toByteArray());
  }

  @Test
  void readsPacketsOfPolarityAndSkipsOthers() throws CorruptInputException {
    Events events = Recording.random(300, 128, 128, 9000);
    byte[] special = packet(0, 8, 0, 2, new byte[16]);
    byte[] motion = packet(3, 36, 0, 1, new byte[36]);
    Recording file =
        file(
            HEADER,
            special,
            polarity(0, events.slice(0, 100)),
            motion,
            polarity(0, events.slice(100, 300)));
    Events expected =
        new Events(128, 128, events.micros(), events.x(), events.y(), events.polarity(), 3);
    Recording.same(file.events(), expected);
  }

  @Test
  void theSensorIsThatOfTheNamedCamera() throws CorruptInputException {
    Events events = Recording.random(30, 100, 90, 90);
    byte[] packet = polarity(0, events);
    Recording.same(file(HEADER, packet).events(), events.onSensor(128, 128));
    String davis = HEADER.replace("DVS128", "DAVIS240C");
    Recording.same(file(davis, packet).events(), events.onSensor(240, 180));
    String unknown = HEADER.replace("DVS128", "Processor");
    Recording.same(file(unknown, packet).events(), events);
  }

  @Test
  void overflowsOfTheClockAreCountedInThePacket() throws CorruptInputException {
    Events events = Recording.random(4, 9, 9, 90);
    Events read = file(HEADER, polarity(0, events), polarity(3, events)).events();
    assertThat(read.micros()[4]).isEqualTo((3L << 31) + events.micros()[0]);
  }

  @Test
  void invalidEventsAreSkipped() throws CorruptInputException {
    Recording file = file(HEADER, polarity(0, Recording.random(3, 9, 9, 90)));
    int second = HEADER.length() + 28 + 8;
    Recording invalid = file.with(second, file.bytes()[second] & ~1);
    assertThat(invalid.events().size()).isEqualTo(2);
    assertThat(invalid.events().skipped()).isEqualTo(1);
  }

  @Test
  void namesWhatIsWrong() {
    Events events = Recording.random(3, 9, 9, 90);
    Recording good = file(HEADER, polarity(0, events));
    int start = HEADER.length();
    good.cut(28 + 24).fails(Reason.EMPTY, "It has no events");
    good.cut(1).fails(Reason.TRUNCATED, "A packet of 24 bytes is more than the 23 left");
    good.then(1, 0).fails(Reason.TRUNCATED, "ends in the header of a packet");
    good.cut(28 + 24 + 1).fails(Reason.TRUNCATED, "It ends in its header");
    good.cut(28 + 24 + 14).fails(Reason.BAD_HEADER, "no last line");
    good.with(start + 4, 0).fails(Reason.BAD_HEADER, "a header that makes no sense");
    good.with(start + 20, 4).fails(Reason.BAD_HEADER, "a header that makes no sense");
    good.with(start + 15, 255).fails(Reason.BAD_HEADER, "a header that makes no sense");
    good.with(start + 16, 255, 255, 255, 127)
        .fails(Reason.TRUNCATED, "A packet of 17179869176 bytes is more than the 24 left");
    good.with(start + 8, 0).fails(Reason.BAD_HEADER, "with the time at 0");
    good.with(start + 28 + 7, 255).fails(Reason.BAD_ROW, "Event 0 has the time -");
    good.with(start + 28 + 3, 255).fails(Reason.INDEX_OUT_OF_RANGE, "outside of 128 x 128");
    file(HEADER.replace("RAW", "PNGFrames"), polarity(0, events))
        .fails(Reason.UNSUPPORTED, "packed as 'PNGFrames'");
    file(HEADER.replace("#Source 1", "#Source 0: DVS128\n#Source 1"), polarity(0, events))
        .fails(Reason.UNSUPPORTED, "mixes the events of 2 cameras");
    file(HEADER.replace("DAT3.1", "DAT3.0")).fails(Reason.UNSUPPORTED, "versions 2.0, 3.1");
  }

  @Test
  void anyDamageIsARecordingOrANamedFault() {
    Events events = Recording.random(30, 128, 128, 90);
    file(HEADER, packet(0, 8, 0, 2, new byte[16]), polarity(0, events)).survivesDamage();
  }
}
