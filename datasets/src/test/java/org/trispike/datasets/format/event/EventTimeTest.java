package org.trispike.datasets.format.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.trispike.kernels.KeyedRandom;

final class EventTimeTest {
  @Test
  void ordersByTimeAndKeepsTheOrderOfEqualTimes() {
    for (int n = 0; n < 70; n++) {
      KeyedRandom random = KeyedRandom.of(n);
      long[] micros = new long[n];
      for (int i = 0; i < n; i++) {
        micros[i] = random.nextInt(20);
      }
      int[] expected =
          IntStream.range(0, n)
              .boxed()
              .sorted(Comparator.<Integer>comparingLong(i -> micros[i]).thenComparing(i -> i))
              .mapToInt(Integer::intValue)
              .toArray();
      assertThat(TimeOrder.of(micros)).containsExactly(expected);
    }
  }

  @Test
  void aClockGoesOnWhereItsCounterBeginsAnew() {
    assertThat(times(8, 250, 255, 3, 120, 240, 5)).containsExactly(250, 255, 259, 376, 496, 517);
  }

  @Test
  void aShortStepBackIsDisorderAndNoWrap() {
    assertThat(times(8, 100, 90, 101)).containsExactly(100, 90, 101);
    assertThat(times(8, 250, 3, 254, 4)).containsExactly(250, 259, 254, 260);
  }

  @Test
  void nothingIsBeforeTheStartOfTheCounter() {
    assertThat(times(8, 3, 250)).containsExactly(3, 250);
  }

  private static long[] times(int bits, long... values) {
    WrappingClock clock = new WrappingClock(bits);
    long[] times = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      times[i] = clock.time(values[i]);
    }
    return times;
  }
}
