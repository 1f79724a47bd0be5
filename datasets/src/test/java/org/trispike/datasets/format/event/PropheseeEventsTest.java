package org.trispike.datasets.format.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.GivenLimits;
import org.trispike.datasets.format.Reason;

final class PropheseeEventsTest {
  private static final String DAT = "% Data file\n% Version 2\n";
  private static final String EVT2 = "% Date 2020-09-25 07:48:29\n% evt 2.0\n";
  private static final String EVT3 = "% evt 3.0\n";

  private static final int TIME_HIGH = 8 << 12;
  private static final int TIME_LOW = 6 << 12;
  private static final int COLUMN = 2 << 12;
  private static final int BASE = 3 << 12;
  private static final int VECTOR_12 = 4 << 12;
  private static final int VECTOR_8 = 5 << 12;

  private static ByteBuffer after(String header, int bytes) {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(text.length + bytes).order(ByteOrder.LITTLE_ENDIAN).put(text);
  }

  private static Recording dat(String header, int type, Events events) {
    ByteBuffer out = after(header, 2 + events.size() * 8).put((byte) type).put((byte) 8);
    for (int i = 0; i < events.size(); i++) {
      int place = events.x()[i] + (events.y()[i] << 14) + (events.polarity()[i] << 28);
      out.putInt((int) events.micros()[i]).putInt(place);
    }
    return new Recording("a.dat", out.array());
  }

  private static Recording evt2(String header, int... words) {
    ByteBuffer out = after(header, words.length * 4);
    for (int word : words) {
      out.putInt(word);
    }
    return new Recording("a.raw", out.array());
  }

  private static Recording evt3(String header, int... words) {
    ByteBuffer out = after(header, words.length * 2);
    for (int word : words) {
      out.putShort((short) word);
    }
    return new Recording("a.raw", out.array());
  }

  private static Recording evt2(String header, Events events) {
    int[] words = new int[events.size() * 2];
    for (int i = 0; i < events.size(); i++) {
      long micros = events.micros()[i];
      words[2 * i] = 8 << 28 | (int) (micros >> 6 & 0xFFFFFFF);
      int place = events.x()[i] << 11 | events.y()[i];
      words[2 * i + 1] = events.polarity()[i] << 28 | (int) (micros & 63) << 22 | place;
    }
    return evt2(header, words);
  }

  private static Recording evt3(String header, Events events) {
    int[] words = new int[events.size() * 4];
    for (int i = 0; i < events.size(); i++) {
      long micros = events.micros()[i];
      words[4 * i] = TIME_HIGH | (int) (micros >> 12 & 0xFFF);
      words[4 * i + 1] = TIME_LOW | (int) (micros & 0xFFF);
      words[4 * i + 2] = events.y()[i];
      words[4 * i + 3] = COLUMN | events.polarity()[i] << 11 | events.x()[i];
    }
    return evt3(header, words);
  }

  @Test
  void readsDatOfBothTypes() throws CorruptInputException {
    Events events = Recording.random(300, 304, 240, 9000);
    Recording.same(dat(DAT, 0, events).events(), events);
    Recording.same(dat(DAT, 12, events).events(), events);
    Recording.same(
        dat(DAT + "% Height 480\n% Width 640\n", 0, events).events(), events.onSensor(640, 480));
  }

  @Test
  void datTimeGoesOnBehind32Bits() throws CorruptInputException {
    Events events = Recording.random(300, 9, 9, 30_000_000);
    assertThat(events.durationMicros()).isGreaterThan(1L << 32);
    Recording.same(dat(DAT, 0, events).events(), events);
  }

  @Test
  void namesWhatIsWrongWithDat() {
    Recording good = dat(DAT, 0, Recording.random(3, 9, 7, 9));
    int start = DAT.length();
    good.cut(24).fails(Reason.EMPTY, "It has no events");
    good.cut(3).fails(Reason.TRUNCATED, "Its 21 bytes of data end within an event of 8 bytes");
    good.cut(25).fails(Reason.TRUNCATED, "It ends in its header");
    good.cut(26 + 1).fails(Reason.TRUNCATED, "It ends in its header");
    good.with(start, 14).fails(Reason.UNSUPPORTED, "of type 14 and size 8");
    good.with(start + 1, 16).fails(Reason.UNSUPPORTED, "of type 0 and size 16");
    good.with(0, 0).fails(Reason.BAD_MAGIC, "no Prophesee recording");
    new Recording("a.dat", new byte[0]).fails(Reason.EMPTY, "It has no bytes");
    Events events = Recording.random(3, 9, 7, 9);
    dat("% Version 1\n", 0, events).fails(Reason.UNSUPPORTED, "version is '1'");
    dat(DAT + "% Width 8\n% Height 7\n", 0, events)
        .fails(Reason.INDEX_OUT_OF_RANGE, "Event 0 lies at (8, 6), outside of 8 x 7 pixels");
    dat(DAT + "% Width 8x\n% Height 7\n", 0, events).fails(Reason.BAD_HEADER, "'8x' is no size");
    dat(DAT + "% Width 99999\n% Height 7\n", 0, events).fails(Reason.TOO_LARGE, "99999 x 7");
  }

  @Test
  void readsEvt2() throws CorruptInputException {
    Events events = Recording.random(300, 640, 480, 9000);
    Recording.same(evt2(EVT2, events).events(), events);
    Recording.same(
        evt2("% format EVT2;height=720;width=1280\n% end\n", events).events(),
        events.onSensor(1280, 720));
    Recording.same(
        evt2(EVT2 + "% geometry 1280x720\n", events).events(), events.onSensor(1280, 720));
  }

  @Test
  void evt2TimeGoesOnBehind34BitsAndEventsWithoutTimeAreSkipped() throws CorruptInputException {
    int last = 8 << 28 | 0xFFFFFFF;
    Recording file = evt2(EVT2, 1 << 28, last, 63 << 22 | 3 << 11 | 2, 10 << 28, 8 << 28, 1 << 28);
    Events events = file.events();
    assertThat(events.micros()).containsExactly((1L << 34) - 1, 1L << 34);
    assertThat(events.x()).containsExactly((short) 3, (short) 0);
    assertThat(events.polarity()).containsExactly(0, 1);
    assertThat(events.skipped()).isEqualTo(2);
  }

  @Test
  void readsEvt3() throws CorruptInputException {
    Events events = Recording.random(300, 1280, 720, 900);
    Recording.same(evt3(EVT3, events).events(), events);
    Recording.same(
        evt3("% format EVT3;height=800;width=1290\n% end\n", events).events(),
        events.onSensor(1290, 800));
  }

  @Test
  void aHeaderEndsWhereDataBeginsWithAPercentSign() throws CorruptInputException {
    Recording file = evt3(EVT3, TIME_HIGH | 0x125, 5, COLUMN | 1);
    assertThat(file.events().micros()).containsExactly(0x125000);
  }

  @Test
  void evt3VectorsMoveTheirBaseOn() throws CorruptInputException {
    int polarity = 1 << 11;
    Recording file =
        evt3(
            EVT3,
            TIME_HIGH | 1,
            TIME_LOW | 2,
            7,
            BASE | polarity | 100,
            VECTOR_12 | 0b1000_0000_0001,
            VECTOR_12,
            VECTOR_8 | 0b1111_1000_0010, // the upper four bits are no columns
            VECTOR_8 | 1,
            COLUMN | 4,
            BASE | 8,
            VECTOR_8 | 2);
    Events events = file.events();
    assertThat(events.x())
        .containsExactly(new short[] {100, 111, 100 + 24 + 1, 100 + 24 + 7, 132, 4, 9});
    assertThat(events.polarity()).containsExactly(1, 1, 1, 1, 1, 0, 0);
    assertThat(events.y()).containsOnly((short) 7);
    assertThat(events.micros()).containsOnly(4098L);
  }

  @Test
  void evt3TimeWrapsByItsUpperHalfAlone() throws CorruptInputException {
    Recording file =
        evt3(
            EVT3,
            COLUMN, // no time yet
            TIME_HIGH | 0xFFF,
            COLUMN, // no row yet
            0,
            TIME_LOW | 0xFFF,
            COLUMN | 1,
            TIME_LOW | 0xFF0, // a small step back of a camera
            COLUMN | 2,
            TIME_HIGH,
            TIME_LOW | 5,
            COLUMN | 3,
            10 << 12, // a trigger
            14 << 12);
    Events events = file.events();
    assertThat(events.micros()).containsExactly((1 << 24) - 16, (1 << 24) - 1, (1 << 24) + 5);
    assertThat(events.x()).containsExactly((short) 2, (short) 1, (short) 3);
    assertThat(events.skipped()).isEqualTo(4);
  }

  @Test
  void namesWhatIsWrongWithRaw() {
    Events events = Recording.random(3, 9, 7, 9);
    Recording evt2 = evt2(EVT2, events);
    Recording evt3 = evt3(EVT3, events);
    evt2.cut(24).fails(Reason.EMPTY, "It has no events");
    evt2.cut(1).fails(Reason.TRUNCATED, "Its 23 bytes of data end within a word of 4 bytes");
    evt3.cut(24).fails(Reason.EMPTY, "It has no events");
    evt3.cut(1).fails(Reason.TRUNCATED, "Its 23 bytes of data end within a word of 2 bytes");
    evt3.cut(25).fails(Reason.TRUNCATED, "It ends in its header");
    evt3.with(0, 1).fails(Reason.BAD_MAGIC, "it has no header");
    new Recording("a.raw", new byte[0]).fails(Reason.EMPTY, "It has no bytes");
    evt3("% evt 2.1\n", events).fails(Reason.UNSUPPORTED, "encoding is 'EVT2.1'");
    evt3("% date today\n", events).fails(Reason.UNSUPPORTED, "encoding is ''");
    evt3(EVT3 + "% geometry 1280\n", events).fails(Reason.BAD_HEADER, "'1280' is no geometry");
    evt3(EVT3 + "% geometry 0x7\n", events).fails(Reason.BAD_HEADER, "'0' is no size");
    evt3(EVT3 + "% geometry 9x6\n", events).fails(Reason.INDEX_OUT_OF_RANGE, "(8, 6)");
    evt2(EVT2 + "% geometry 8x7\n", events).fails(Reason.INDEX_OUT_OF_RANGE, "(8, 6)");
    evt3.fails(
        GivenLimits.of("image-side = 99, events = 2"), Reason.COUNT_OVERFLOW, "more than 2 events");
    int[] words = new int[4000];
    words[0] = TIME_HIGH;
    for (int i = 2; i < words.length; i++) {
      words[i] = VECTOR_12 | 1;
    }
    evt3(EVT3, words).fails(Reason.INDEX_OUT_OF_RANGE, "lies at (32772, 0)");
  }

  @Test
  void anyDamageIsARecordingOrANamedFault() {
    Events events = Recording.random(30, 34, 34, 90);
    dat(DAT + "% Width 34\n% Height 34\n", 0, events).survivesDamage();
    evt2(EVT2, events).survivesDamage();
    evt3("% format EVT3;height=34;width=34\n% end\n", events).survivesDamage();
  }
}
