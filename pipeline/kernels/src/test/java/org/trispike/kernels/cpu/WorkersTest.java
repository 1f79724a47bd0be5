package org.trispike.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

final class WorkersTest {

  @Test
  void everyPartRunsExactlyOnce() {
    for (int threads : new int[] {1, 2, 5}) {
      try (Workers workers = new Workers(threads)) {
        for (int parts = 0; parts < 300; parts++) {
          AtomicIntegerArray runs = new AtomicIntegerArray(parts);
          workers.run(parts, runs::incrementAndGet);
          for (int i = 0; i < parts; i++) {
            assertThat(runs.get(i)).isEqualTo(1);
          }
        }
      }
    }
  }

  @Test
  void aSleepingHelperWakesForTheNextJob() throws InterruptedException {
    try (Workers workers = new Workers(2)) {
      for (int i = 0; i < 5; i++) {
        Thread.sleep(20);
        AtomicIntegerArray runs = new AtomicIntegerArray(64);
        workers.run(64, runs::incrementAndGet);
        assertThat(runs.get(63)).isEqualTo(1);
      }
    }
  }

  @Test
  void aFailureReachesTheCallerAndTheNextJobRuns() {
    try (Workers workers = new Workers(3)) {
      assertThatThrownBy(
              () ->
                  workers.run(
                      50,
                      i -> {
                        if (i == 20) {
                          throw new IllegalArgumentException("Part 20");
                        }
                      }))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Part 20");
      AtomicIntegerArray runs = new AtomicIntegerArray(10);
      workers.run(10, runs::incrementAndGet);
      assertThat(runs.get(9)).isEqualTo(1);
    }
  }
}
