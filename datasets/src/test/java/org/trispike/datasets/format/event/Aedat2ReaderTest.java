package org.trispike.datasets.format.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;

final class Aedat2ReaderTest {
  private static final String HEADER = "#!AER-DAT2.0\r\n# This is a raw AE data file\r\n";
  private static final String DAVIS = HEADER + "# AEChip: eu.seebetter.ini.chips.davis.DAVIS240C\n";

  /** Pairs of address and time. */
  private static Recording file(String header, int... pairs) {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer out = ByteBuffer.allocate(text.length + pairs.length * 4).put(text);
    for (int word : pairs) {
      out.putInt(word);
    }
    return new Recording("a.aedat", out.array());
  }

  private static Recording dvs(String header, Events events) {
    int[] pairs = new int[events.size() * 2];
    for (int i = 0; i < events.size(); i++) {
      int off = events.polarity()[i] == 1 ? 0 : 1;
      pairs[2 * i] = (127 - events.y()[i]) * 256 + (127 - events.x()[i]) * 2 + off;
      pairs[2 * i + 1] = (int) events.micros()[i];
    }
    return file(header, pairs);
  }

  private static Recording davis(String header, Events events) {
    int[] pairs = new int[events.size() * 2];
    for (int i = 0; i < events.size(); i++) {
      int place = (events.height() - 1 - events.y()[i]) << 22;
      place |= (events.width() - 1 - events.x()[i]) << 12 | events.polarity()[i] << 11;
      pairs[2 * i] = place;
      pairs[2 * i + 1] = (int) events.micros()[i];
    }
    return file(header, pairs);
  }

  @Test
  void readsADvs128() throws CorruptInputException {
    Events events = Recording.random(300, 128, 128, 9000);
    Recording.same(dvs(HEADER, events).events(), events);
    String named = HEADER + "# AEChip: ch.unizh.ini.jaer.chip.retina.DVS128\r\n";
    Recording.same(dvs(named, events).events(), events);
  }

  @Test
  void readsADavis() throws CorruptInputException {
    Events events = Recording.random(300, 240, 180, 9000);
    Recording.same(davis(DAVIS, events).events(), events);
    Events larger = Recording.random(300, 346, 260, 9000);
    String header = DAVIS.replace("DAVIS240C", "Davis346red") + "#End Of ASCII Header\r\n";
    Recording.same(davis(header, larger).events(), larger);
  }

  @Test
  void columnsAreMirroredAndRowsCountFromTheTop() throws CorruptInputException {
    Events events = file(HEADER, 3 << 8 | 5 << 1, 1).events();
    assertThat(events.x()[0]).isEqualTo((short) 122);
    assertThat(events.y()[0]).isEqualTo((short) 124);
    assertThat(events.polarity()[0]).isEqualTo((byte) 1);
  }

  @Test
  void dataBehindTheLastLineMayLookLikeAHeader() throws CorruptInputException {
    int address = '#' << 24; // row 140 from the bottom
    Events events = file(DAVIS + "#End Of ASCII Header\r\n", address, 1).events();
    assertThat(events.y()[0]).isEqualTo((short) (179 - 140));
  }

  @Test
  void specialEventsAreSkippedAndCounted() throws CorruptInputException {
    Events dvs = file(HEADER, 0x8000, 1, 0, 2, 0x80000000, 3, 0x8001, 4).events();
    assertThat(dvs.micros()).containsExactly(2);
    assertThat(dvs.skipped()).isEqualTo(3);
    Events davis = file(DAVIS, 0x400, 1, 0x800, 2, 0x80000000, 3, 0x80000C00, 4).events();
    assertThat(davis.micros()).containsExactly(2);
    assertThat(davis.polarity()).containsExactly(1);
    assertThat(davis.skipped()).isEqualTo(3);
  }

  @Test
  void timeGoesOnBehind32Bits() throws CorruptInputException {
    Events signed = file(HEADER, 0, Integer.MAX_VALUE, 0, Integer.MIN_VALUE).events();
    assertThat(signed.micros()).containsExactly((1L << 31) - 1, 1L << 31);
    Events whole = file(HEADER, 0, -1, 0, 0, 0, 7).events();
    assertThat(whole.micros()).containsExactly((1L << 32) - 1, 1L << 32, (1L << 32) + 7);
  }

  @Test
  void namesWhatIsWrong() {
    Recording good = file(HEADER, 0, 1, 2, 3);
    good.cut(16).fails(Reason.EMPTY, "It has no events");
    good.cut(3).fails(Reason.TRUNCATED, "Its 13 bytes of data end within an event of 8 bytes");
    good.cut(17).fails(Reason.TRUNCATED, "It ends in its header");
    good.with(1, '?').fails(Reason.BAD_MAGIC, "it does not begin with #!AER-DAT");
    good.with(9, '1').fails(Reason.UNSUPPORTED, "versions 2.0, 3.1 and 4.0");
    new Recording("a.aedat", new byte[0]).fails(Reason.EMPTY, "It has no bytes");
    file(HEADER + "# AEChip: com.sec.dvs.SecDvs640\n", 0, 1)
        .fails(Reason.UNSUPPORTED, "addresses of the camera 'SecDvs640'");
    file(HEADER, 0x10000, 1).fails(Reason.INDEX_OUT_OF_RANGE, "address 65536 is none of a DVS128");
    file(DAVIS, 240 << 12, 1).fails(Reason.INDEX_OUT_OF_RANGE, "Event 0 lies at (-1, 179)");
    file(DAVIS, 180 << 22, 1).fails(Reason.INDEX_OUT_OF_RANGE, "Event 0 lies at (239, -1)");
  }

  @Test
  void anyDamageIsARecordingOrANamedFault() {
    dvs(HEADER, Recording.random(30, 128, 128, 90)).survivesDamage();
    davis(DAVIS, Recording.random(30, 240, 180, 90)).survivesDamage();
  }
}
