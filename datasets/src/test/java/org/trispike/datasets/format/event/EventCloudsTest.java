package org.trispike.datasets.format.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.LocalFiles;
import org.trispike.datasets.format.SharedData;
import org.trispike.datasets.format.Source;
import org.trispike.kernels.PointBatch;

final class EventCloudsTest {
  private static final int WINDOWS = 6;

  @Test
  void everyEventIsAPointOfItsOwnWindow() {
    Events longer = Recording.random(3000, 30, 20, 40);
    Events shorter = Recording.random(700, 12, 34, 9);
    PointBatch batch = EventClouds.of(List.of(longer, shorter), WINDOWS);
    assertThat(batch.offsets()).containsExactly(0, 3000, 3700);
    assertThat(batch.slabs()).isEqualTo(WINDOWS);
    asNaively(longer, batch, 0);
    asNaively(shorter, batch, 3000);
  }

  /** Window by window, with a look at all events for each of them. */
  private static void asNaively(Events events, PointBatch batch, int first) {
    int n = events.size();
    long start = events.micros()[0];
    long micros = 1; // the shortest windows of which six are enough
    while (start + WINDOWS * micros <= events.micros()[n - 1]) {
      micros++;
    }
    for (int window = 0; window < WINDOWS; window++) {
      long from = start + window * micros;
      long low = Long.MAX_VALUE;
      long high = Long.MIN_VALUE;
      List<Integer> inside = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        long t = events.micros()[i];
        if (t >= from && t < from + micros) {
          inside.add(i);
          low = Math.min(low, t);
          high = Math.max(high, t);
        }
      }
      assertThat(inside).as("a window of some duration").isNotEmpty();
      for (int i : inside) {
        int point = first + i;
        double side = Math.max(events.width(), events.height()) - 1;
        assertThat(batch.windows().of()[point]).isEqualTo(window);
        double[] expected = {
          (2 * events.x()[i] - (events.width() - 1)) / side,
          (2 * events.y()[i] - (events.height() - 1)) / side,
          (double) (events.micros()[i] - low) / (high - low)
        };
        for (int d = 0; d < 3; d++) {
          assertThat((double) batch.xyz()[3 * point + d]).isCloseTo(expected[d], within(1e-6));
        }
        assertThat(batch.rgb()[3 * point]).isEqualTo(events.polarity()[i] == 1 ? 1f : 0f);
        assertThat(batch.rgb()[3 * point + 1]).isEqualTo(events.polarity()[i] == 1 ? 0f : 1f);
        assertThat(batch.rgb()[3 * point + 2]).isZero();
      }
    }
  }

  @Test
  void pausesAndShortRecordingsLeaveWindowsEmpty() {
    assertThat(windows(0, 10, 999, 1000)).containsExactly(0, 0, 5, 5);
    assertThat(windows(7, 8)).containsExactly(0, 1);
    assertThat(windows(7, 7)).containsExactly(0, 0);
    assertThat(windows(0, 6))
        .as("seven microseconds are four windows of two")
        .containsExactly(0, 3);
    assertThat(windows(0, Long.MAX_VALUE)).containsExactly(0, 5);
  }

  private static int[] windows(long... micros) {
    int n = micros.length;
    Events events = new Events(1, 1, micros, new short[n], new short[n], new byte[n]);
    return EventClouds.of(List.of(events), WINDOWS).windows().of();
  }

  @Test
  void aRealDigitIsInSixWindows() throws CorruptInputException {
    LocalFiles files = new LocalFiles(SharedData.folder("events"));
    Events digit = EventReader.read(Source.of(files, "tonic/sample_nmnist.bin", Limits.defaults()));
    PointBatch batch = EventClouds.of(List.of(digit), WINDOWS);
    asNaively(digit, batch, 0);
    assertThat(batch.points()).isEqualTo(4325);
  }

  @Test
  void refusesWhatIsNoCloud() {
    Events events = Recording.random(10, 4, 4, 5);
    assertThatThrownBy(() -> EventClouds.of(List.of(events, events.slice(0, 0)), WINDOWS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Recording 1 has no events");
    assertThatThrownBy(() -> EventClouds.of(List.of(events), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Windows = 0 is not positive");
  }
}
