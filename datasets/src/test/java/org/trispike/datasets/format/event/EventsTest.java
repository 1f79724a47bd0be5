package org.trispike.datasets.format.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class EventsTest {
  private static final Events THREE =
      new Events(
          4, 3, new long[] {5, 5, 9}, new short[] {0, 3, 1}, new short[] {2, 0, 1}, bytes(1, 0, 1));

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static Events one(long micros, int x, int y, int polarity) {
    return new Events(
        4,
        3,
        new long[] {micros},
        new short[] {(short) x},
        new short[] {(short) y},
        bytes(polarity));
  }

  @Test
  void countsAndMeasures() {
    assertThat(THREE.size()).isEqualTo(3);
    assertThat(THREE.durationMicros()).isEqualTo(4);
    assertThat(THREE.slice(1, 1).durationMicros()).isZero();
    assertThat(THREE.skipped()).isZero();
  }

  @Test
  void aSliceIsPartOfAllColumns() {
    Events last = THREE.slice(1, 3);
    assertThat(last.micros()).containsExactly(5, 9);
    assertThat(last.x()).containsExactly((short) 3, (short) 1);
    assertThat(last.y()).containsExactly((short) 0, (short) 1);
    assertThat(last.polarity()).containsExactly(0, 1);
    assertThat(last.width()).isEqualTo(4);
    assertThatThrownBy(() -> THREE.slice(2, 4)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void findsTheFirstEventAtATime() {
    long[] times = {4, 5, 6, 9, 10};
    int[] first = {0, 0, 2, 2, 3};
    for (int i = 0; i < times.length; i++) {
      assertThat(THREE.firstAt(times[i])).isEqualTo(first[i]);
    }
  }

  @Test
  void aSensorMayBeLargerThanTheEventsAndNotSmaller() {
    assertThat(THREE.onSensor(34, 34).height()).isEqualTo(34);
    refused(() -> THREE.onSensor(3, 3), "Event 1 is beside the sensor");
  }

  @Test
  void refusesWhatIsNoRecording() {
    refused(() -> one(-1, 0, 0, 0), "Event 0 comes before its predecessor");
    refused(() -> one(0, 4, 0, 0), "Event 0 is beside the sensor");
    refused(() -> one(0, 0, -1, 0), "Event 0 is beside the sensor");
    refused(() -> one(0, 0, 0, 2), "Event 0 has a polarity beside 0 and 1");
    long[] back = {5, 4};
    short[] two = {0, 0};
    refused(() -> new Events(4, 3, back, two, two, bytes(0, 0)), "Event 1 comes before");
    refused(() -> new Events(4, 3, back, two, two, bytes(0)), "2 times for 1 polarities");
    refused(() -> new Events(4, 3, back, new short[1], two, bytes(0, 0)), "2 times for 1 columns");
    refused(() -> new Events(4, 3, back, two, new short[1], bytes(0, 0)), "2 times for 1 rows");
    refused(() -> THREE.onSensor(0, 3), "The sensor is 0 pixels wide");
    refused(() -> THREE.onSensor(4, 32769), "The sensor is 32769 pixels high");
    refused(
        () -> new Events(1, 1, new long[0], new short[0], new short[0], new byte[0], -1),
        "Skipped = -1 is negative");
  }

  private static void refused(ThrowingCallable events, String message) {
    assertThatThrownBy(events)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }
}
