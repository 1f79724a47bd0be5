package org.trispike.datasets.format.event;

import java.util.Arrays;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;

/** Gathers the events of one file and checks what every format must hold. */
final class EventBuffer {
  private final Source source;
  private long[] micros;
  private short[] x;
  private short[] y;
  private byte[] polarity;
  private int size;
  private long skipped;
  private boolean ordered = true;

  /**
   * A buffer that grows.
   *
   * @param expected how many events the bytes of the file can hold
   */
  EventBuffer(Source source, long expected) {
    this.source = source;
    int capacity = (int) Math.min(expected, source.limits().events());
    this.micros = new long[capacity];
    this.x = new short[capacity];
    this.y = new short[capacity];
    this.polarity = new byte[capacity];
  }

  void add(long time, int column, int row, int sign) throws CorruptInputException {
    source.check(time >= 0, Reason.BAD_ROW, "Event %s has the time %s", size, time);
    boolean inside = column >= 0 && column <= Short.MAX_VALUE && row >= 0 && row <= Short.MAX_VALUE;
    if (!inside) {
      throw source.bad(Reason.INDEX_OUT_OF_RANGE, "Event %s lies at (%s, %s)", size, column, row);
    }
    source.check(sign >>> 1 == 0, Reason.BAD_ROW, "Event %s has the polarity %s", size, sign);
    source.check(
        size < source.limits().events(),
        Reason.COUNT_OVERFLOW,
        "It has more than %s events",
        source.limits().events());
    if (size == micros.length) {
      grow();
    }
    ordered &= size == 0 || time >= micros[size - 1];
    micros[size] = time;
    x[size] = (short) column;
    y[size] = (short) row;
    polarity[size++] = (byte) sign;
  }

  void skip(long entries) {
    skipped += entries;
  }

  /** The events on the smallest sensor that holds them all. */
  Events events() throws CorruptInputException {
    return events(smallest());
  }

  /** The smallest sensor that holds all events. */
  Sensor smallest() throws CorruptInputException {
    source.check(size > 0, Reason.EMPTY, "It has no events");
    int width = 0;
    int height = 0;
    for (int i = 0; i < size; i++) {
      width = Math.max(width, x[i] + 1);
      height = Math.max(height, y[i] + 1);
    }
    return Sensor.of(source, width, height);
  }

  /** The events, sorted by time if they were not; events of one time stay in the file's order. */
  Events events(Sensor sensor) throws CorruptInputException {
    source.check(size > 0, Reason.EMPTY, "It has no events");
    for (int i = 0; i < size; i++) {
      if (x[i] >= sensor.width() || y[i] >= sensor.height()) {
        throw source.bad(
            Reason.INDEX_OUT_OF_RANGE,
            "Event %s lies at (%s, %s), outside of %s x %s pixels",
            i,
            x[i],
            y[i],
            sensor.width(),
            sensor.height());
      }
    }
    resize(size);
    if (!ordered) {
      sort();
    }
    return new Events(sensor.width(), sensor.height(), micros, x, y, polarity, skipped);
  }

  private void sort() {
    int[] order = TimeOrder.of(micros);
    long[] times = new long[size];
    short[] columns = new short[size];
    short[] rows = new short[size];
    byte[] signs = new byte[size];
    for (int i = 0; i < size; i++) {
      times[i] = micros[order[i]];
      columns[i] = x[order[i]];
      rows[i] = y[order[i]];
      signs[i] = polarity[order[i]];
    }
    micros = times;
    x = columns;
    y = rows;
    polarity = signs;
  }

  private void grow() {
    resize((int) Math.min(Math.max(1024, size * 2L), source.limits().events()));
  }

  private void resize(int capacity) {
    if (capacity != micros.length) {
      micros = Arrays.copyOf(micros, capacity);
      x = Arrays.copyOf(x, capacity);
      y = Arrays.copyOf(y, capacity);
      polarity = Arrays.copyOf(polarity, capacity);
    }
  }
}
