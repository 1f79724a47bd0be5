package org.trispike.datasets.format.event;

import java.util.Arrays;
import java.util.Objects;

/**
 * What an event camera saw, in order of time. The arrays are shared, not copied, and are not
 * written to.
 *
 * @param width of the sensor in pixels; where neither file nor format tells it, the smallest that
 *     holds all events
 * @param height of the sensor in pixels
 * @param micros [events] times in microseconds, from a start that the format chooses
 * @param x [events] columns from the left
 * @param y [events] rows from the top
 * @param polarity [events] 1 where it became brighter, 0 where darker
 * @param skipped how many entries of the file were no usable events: triggers, samples of other
 *     sensors, events that the camera itself marked as invalid
 */
@SuppressWarnings("ArrayRecordComponent") // large arrays that are passed through
public record Events(
    int width, int height, long[] micros, short[] x, short[] y, byte[] polarity, long skipped) {
  private static final int MOST_PIXELS = 1 << 15; // a side, so that coordinates are shorts

  public Events {
    check(width >= 1 && width <= MOST_PIXELS, "The sensor is " + width + " pixels wide");
    check(height >= 1 && height <= MOST_PIXELS, "The sensor is " + height + " pixels high");
    check(x.length == micros.length, micros.length + " times for " + x.length + " columns");
    check(y.length == micros.length, micros.length + " times for " + y.length + " rows");
    check(
        polarity.length == micros.length,
        micros.length + " times for " + polarity.length + " polarities");
    check(skipped >= 0, "Skipped = " + skipped + " is negative");
    for (int i = 0; i < micros.length; i++) {
      check(micros[i] >= (i == 0 ? 0 : micros[i - 1]), i, "comes before its predecessor");
      check(x[i] >= 0 && x[i] < width && y[i] >= 0 && y[i] < height, i, "is beside the sensor");
      check(polarity[i] == 0 || polarity[i] == 1, i, "has a polarity beside 0 and 1");
    }
  }

  /** Events of a recording that held nothing else. */
  public Events(int width, int height, long[] micros, short[] x, short[] y, byte[] polarity) {
    this(width, height, micros, x, y, polarity, 0);
  }

  public int size() {
    return micros.length;
  }

  /** From the first event to the last; 0 where there is none. */
  public long durationMicros() {
    return micros.length == 0 ? 0 : micros[micros.length - 1] - micros[0];
  }

  /** The events [from, to). */
  public Events slice(int from, int to) {
    Objects.checkFromToIndex(from, to, micros.length);
    return new Events(
        width,
        height,
        Arrays.copyOfRange(micros, from, to),
        Arrays.copyOfRange(x, from, to),
        Arrays.copyOfRange(y, from, to),
        Arrays.copyOfRange(polarity, from, to));
  }

  /** The events of the times [fromMicros, toMicros). */
  public Events between(long fromMicros, long toMicros) {
    return slice(firstAt(fromMicros), firstAt(toMicros));
  }

  /** The same events on a larger sensor, for files that do not tell the size of theirs. */
  public Events onSensor(int sensorWidth, int sensorHeight) {
    return new Events(sensorWidth, sensorHeight, micros, x, y, polarity, skipped);
  }

  /** The index of the first event at this time or later; the number of events if there is none. */
  int firstAt(long time) {
    int low = 0;
    int high = micros.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (micros[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static void check(boolean ok, int event, String message) {
    if (!ok) {
      throw new IllegalArgumentException("Event " + event + " " + message);
    }
  }

  private static void check(boolean ok, String message) {
    if (!ok) {
      throw new IllegalArgumentException(message);
    }
  }
}
