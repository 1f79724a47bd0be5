package org.trispike.datasets.format.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class EventWindowsTest {
  private static final Events EVENTS = Recording.random(2000, 30, 20, 40);

  @Test
  void windowsAreTheEventsWithinTheirTimes() {
    long[][] cuts = {{1000, 1000}, {500, 1700}, {3000, 700}, {1, 13}, {Long.MAX_VALUE, 9999}};
    for (long[] cut : cuts) {
      EventWindows windows = EventWindows.of(EVENTS, cut[0], cut[1]);
      long start = EVENTS.micros()[0];
      long window = 0;
      for (; start <= EVENTS.micros()[EVENTS.size() - 1]; start += cut[1]) {
        long from = start;
        long[] expected =
            IntStream.range(0, EVENTS.size())
                .mapToLong(i -> EVENTS.micros()[i])
                .filter(t -> t >= from && t - from < cut[0])
                .toArray();
        assertThat(windows.startMicros(window)).isEqualTo(start);
        assertThat(windows.events(window).micros()).containsExactly(expected);
        window++;
      }
      assertThat(windows.count()).isEqualTo(window);
    }
  }

  @Test
  void aRecordingWithoutEventsHasNoWindows() {
    EventWindows none = EventWindows.of(EVENTS.slice(0, 0), 5, 5);
    assertThat(none.count()).isZero();
    assertThatThrownBy(() -> none.events(0)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aCloudKeepsTheProportionsOfTheSensor() {
    Events corners =
        new Events(
            5,
            3,
            new long[] {10, 15, 20},
            new short[] {0, 2, 4},
            new short[] {0, 1, 2},
            new byte[] {1, 0, 1});
    assertThat(EventWindows.cloud(corners))
        .containsExactly(-1, -0.5f, 0, 1, 0, 0, 0.5f, 0, 1, 0.5f, 1, 1);
  }

  @Test
  void theTimeOfACloudIsThatOfItsOwnWindow() {
    EventWindows windows = EventWindows.of(EVENTS, 4000, 4000);
    for (long window = 0; window < windows.count(); window++) {
      Events events = windows.events(window);
      float[] cloud = windows.cloud(window);
      assertThat(cloud).hasSize(4 * events.size());
      double span = Math.max(1, events.micros()[events.size() - 1] - events.micros()[0]);
      for (int i = 0; i < events.size(); i++) {
        double z = (events.micros()[i] - events.micros()[0]) / span;
        assertThat((double) cloud[4 * i + 2]).isCloseTo(z, within(1e-6));
        assertThat((double) cloud[4 * i + 1]).isCloseTo((events.y()[i] - 9.5) / 14.5, within(1e-6));
      }
    }
  }

  @Test
  void aCloudOfOneTimeOrOnePixelIsFinite() {
    Events one = new Events(1, 1, new long[] {7, 7}, new short[2], new short[2], new byte[] {0, 1});
    assertThat(EventWindows.cloud(one)).containsExactly(0, 0, 0, 0, 0, 0, 0, 1);
  }

  @Test
  void framesKeepTheLastEventOfAPixel() {
    Events events =
        new Events(
            2,
            2,
            new long[] {100, 101, 109, 110, 119, 120},
            new short[] {1, 1, 0, 0, 0, 1},
            new short[] {0, 0, 1, 1, 1, 1},
            new byte[] {0, 1, 0, 0, 1, 0});
    byte[][] frames = EventWindows.frames(events, 100, 10, 3);
    assertThat(frames[0]).containsExactly(127, 255, 0, 127);
    assertThat(frames[1]).containsExactly(127, 127, 255, 127);
    assertThat(frames[2]).containsExactly(127, 127, 127, 0);
  }

  @Test
  void framesAreThoseOfANaiveLoop() {
    int step = 700;
    long start = EVENTS.micros()[0] - 900; // a picture before all events, and one in part
    byte[][] frames = EventWindows.frames(EVENTS, start, step, 5);
    for (int t = 0; t < 5; t++) {
      for (int pixel = 0; pixel < 600; pixel++) {
        int expected = 127;
        for (int i = 0; i < EVENTS.size(); i++) {
          boolean here = EVENTS.x()[i] == pixel % 30 && EVENTS.y()[i] == pixel / 30;
          if (here && Math.floorDiv(EVENTS.micros()[i] - start, step) == t) {
            expected = 255 * EVENTS.polarity()[i];
          }
        }
        assertThat(frames[t][pixel] & 255).isEqualTo(expected);
      }
    }
  }

  @Test
  void framesOfAWindowAreItsEqualParts() {
    EventWindows windows = EventWindows.of(EVENTS, 4000, 3000);
    byte[][] frames = windows.frames(1, 4);
    byte[][] expected = EventWindows.frames(EVENTS, EVENTS.micros()[0] + 3000, 1000, 4);
    assertThat(frames).isDeepEqualTo(expected);
  }

  @Test
  void refusesWhatIsNoCut() {
    refused(() -> EventWindows.of(EVENTS, 0, 5), "Duration of 0 us is not positive");
    refused(() -> EventWindows.of(EVENTS, 5, -1), "Stride of -1 us is not positive");
    refused(() -> EventWindows.of(EVENTS, 10, 5).frames(0, 3), "10 us do not divide into 3");
    refused(() -> EventWindows.of(EVENTS, 10, 5).frames(0, 0), "Steps = 0 is not positive");
    refused(() -> EventWindows.frames(EVENTS, 0, 0, 1), "Step of 0 us is not positive");
    refused(() -> EventWindows.frames(EVENTS, 0, 1, 0), "Steps = 0 is not positive");
  }

  private static void refused(ThrowingCallable cut, String message) {
    assertThatThrownBy(cut)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }
}
