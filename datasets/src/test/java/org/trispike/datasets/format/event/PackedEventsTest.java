package org.trispike.datasets.format.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.GivenLimits;
import org.trispike.datasets.format.Reason;

final class PackedEventsTest {
  /** Five bytes an event: one big number of 40 bits. */
  private static byte[] five(Events events) {
    ByteBuffer out = ByteBuffer.allocate(events.size() * 5);
    for (int i = 0; i < events.size(); i++) {
      long word = (long) events.x()[i] << 32 | (long) events.y()[i] << 24;
      word |= (long) events.polarity()[i] << 23 | events.micros()[i];
      out.put((byte) (word >> 32)).putInt((int) word);
    }
    return out.array();
  }

  /** Seven bytes an event: one big number of 56 bits. */
  private static byte[] seven(Events events) {
    ByteBuffer out = ByteBuffer.allocate(events.size() * 7);
    for (int i = 0; i < events.size(); i++) {
      long word = (long) events.x()[i] << 44 | (long) events.y()[i] << 32;
      word |= (long) events.polarity()[i] << 24 | events.micros()[i];
      out.put((byte) (word >> 48)).putShort((short) (word >> 32)).putInt((int) word);
    }
    return out.array();
  }

  @Test
  void readsWhatNMnistAndSlayerWrite() throws CorruptInputException {
    Events digit = Recording.random(500, 34, 34, 600);
    Recording.same(new Recording("a.bin", five(digit)).events(), digit);
    Recording.same(new Recording("a.bs2", five(digit)).events(), digit);
    Recording.same(new Recording("a.BS3", seven(digit)).events(), digit);
    Events wide = Recording.random(500, 4096, 3000, 30_000);
    Recording.same(new Recording("a.bs3", seven(wide)).events(), wide);
  }

  @Test
  void aSmallBinIsOnTheSensorOfNMnist() throws CorruptInputException {
    Events small = Recording.random(20, 30, 12, 100);
    Recording.same(new Recording("a.bin", five(small)).events(), small.onSensor(34, 34));
    Recording.same(new Recording("a.bs2", five(small)).events(), small);
    Events larger = Recording.random(20, 233, 173, 100);
    Recording.same(new Recording("a.bin", five(larger)).events(), larger);
  }

  @Test
  void row240OfABinMovesTimeOn() throws CorruptInputException {
    byte[] bytes = {1, 2, 0, 0, 100, 0, (byte) 240, 0, 0, 0, 3, 4, (byte) 128, 0, 7};
    Events events = new Recording("a.bin", bytes).events();
    assertThat(events.micros()).containsExactly(100, 8192 + 7);
    assertThat(events.x()).containsExactly((short) 1, (short) 3);
    assertThat(events.polarity()).containsExactly(0, 1);
    assertThat(events.skipped()).isEqualTo(1);
    assertThat(new Recording("a.bs2", bytes).events().height()).isEqualTo(241);
  }

  @Test
  void whatIsOutOfOrderIsSortedAndEqualTimesKeepTheirOrder() throws CorruptInputException {
    byte[] bytes = {1, 1, 0, 0, 9, 2, 2, 0, 0, 5, 3, 3, 0, 0, 9, 4, 4, 0, 0, 5};
    Events events = new Recording("a.bs2", bytes).events();
    assertThat(events.micros()).containsExactly(5, 5, 9, 9);
    assertThat(events.x()).containsExactly((short) 2, (short) 4, (short) 1, (short) 3);
    assertThat(events.y()).containsExactly((short) 2, (short) 4, (short) 1, (short) 3);
  }

  @Test
  void namesWhatIsWrong() {
    Recording five = new Recording("b/a.bin", five(Recording.random(3, 9, 9, 9)));
    Recording seven = new Recording("a.bs3", seven(Recording.random(3, 9, 9, 9)));
    five.cut(15).fails(Reason.EMPTY, "It has no events");
    five.cut(1).fails(Reason.TRUNCATED, "Its 14 bytes end within an event of 5 bytes");
    seven.cut(21).fails(Reason.EMPTY, "It has no events");
    seven.cut(2).fails(Reason.TRUNCATED, "Its 19 bytes end within an event of 7 bytes");
    seven.with(10, 2).fails(Reason.BAD_ROW, "Event 1 has the polarity 2");
    five.fails(
        GivenLimits.of("image-side = 99, events = 2"), Reason.COUNT_OVERFLOW, "more than 2 events");
    five.fails(GivenLimits.of("image-side = 8, events = 99"), Reason.TOO_LARGE, "9 x 9 pixels");
    new Recording("a.bin", new byte[] {0, (byte) 240, 0, 0, 0})
        .fails(Reason.EMPTY, "It has no events");
    new Recording("a.hdf5", new byte[5])
        .fails(Reason.UNSUPPORTED, "aedat, aedat4, bin, bs2, bs3, dat, raw, not in 'hdf5'");
  }

  @Test
  void anyDamageIsARecordingOrANamedFault() {
    Events events = Recording.random(30, 34, 34, 90);
    new Recording("a.bin", five(events)).survivesDamage();
    new Recording("a.bs2", five(events)).survivesDamage();
    new Recording("a.bs3", seven(events)).survivesDamage();
  }
}
