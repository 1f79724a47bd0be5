package org.trispike.datasets.format.event;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Objects;

/**
 * A recording cut into windows of one duration, the first of which begins with the first event and
 * each next one a stride later; all that begin by the last event count, so the last may reach
 * beyond it and some in between may be empty. Nothing is copied before a window is asked for.
 */
public final class EventWindows {
  /** Values a row of a cloud: column, row, time, polarity. */
  public static final int CLOUD_COLUMNS = 4;

  private static final byte BACKGROUND = 127;

  private final Events events;
  private final long durationMicros;
  private final long strideMicros;

  private EventWindows(Events events, long durationMicros, long strideMicros) {
    this.events = Objects.requireNonNull(events);
    this.durationMicros = positive("Duration", durationMicros);
    this.strideMicros = positive("Stride", strideMicros);
  }

  public static EventWindows of(Events events, long durationMicros, long strideMicros) {
    return new EventWindows(events, durationMicros, strideMicros);
  }

  /**
   * A recording cut into at most {@code most} windows, one behind the other, that hold all of its
   * events: of the shortest duration in whole microseconds with which so many do. There are fewer
   * where it is shorter than that many microseconds.
   */
  public static EventWindows spanning(Events events, int most) {
    check(most >= 1, "Windows = " + most + " is not positive");
    long duration = events.durationMicros() / most + 1;
    return new EventWindows(events, duration, duration);
  }

  public long count() {
    return events.size() == 0 ? 0 : events.durationMicros() / strideMicros + 1;
  }

  public long startMicros(long window) {
    Objects.checkIndex(window, count());
    return events.micros()[0] + window * strideMicros;
  }

  /** The events of a window: from its start up to, and without, its start and its duration. */
  public Events events(long window) {
    long start = startMicros(window);
    int from = events.firstAt(start);
    boolean endless = durationMicros > Long.MAX_VALUE - start;
    return events.slice(from, endless ? events.size() : events.firstAt(start + durationMicros));
  }

  /** {@link #cloud(Events)} of a window. */
  public float[] cloud(long window) {
    return cloud(events(window));
  }

  /** {@link #frames(Events, long, long, int)} of a window, which is cut into so many steps. */
  public byte[][] frames(long window, int steps) {
    check(steps >= 1, "Steps = " + steps + " is not positive");
    check(
        durationMicros % steps == 0,
        durationMicros + " us do not divide into " + steps + " equal steps");
    return frames(events, startMicros(window), durationMicros / steps, steps);
  }

  /**
   * Events as points of a cloud, after SVL (section on events): time is the third coordinate.
   *
   * @return [events · 4] rows of x, y, z and the polarity (0 or 1). The longer side of the sensor
   *     spans [-1, 1], from the middle of its first pixel to that of its last, and the shorter a
   *     part of it in its proportion. z = (t - tmin) / (tmax - tmin) of these events, 0 where they
   *     are of one time
   */
  public static float[] cloud(Events events) {
    int n = events.size();
    float[] cloud = new float[Math.multiplyExact(n, CLOUD_COLUMNS)];
    double longer = Math.max(1, Math.max(events.width(), events.height()) - 1);
    double duration = Math.max(1, events.durationMicros());
    for (int i = 0; i < n; i++) {
      int at = i * CLOUD_COLUMNS;
      cloud[at] = (float) ((2 * events.x()[i] - (events.width() - 1)) / longer);
      cloud[at + 1] = (float) ((2 * events.y()[i] - (events.height() - 1)) / longer);
      cloud[at + 2] = (float) ((events.micros()[i] - events.micros()[0]) / duration);
      cloud[at + 3] = events.polarity()[i];
    }
    return cloud;
  }

  /**
   * Events as a stack of pictures, as SpikeYOLO prepares Gen1 (pre_gen1.py), earliest first. There
   * a stack ends with the time of a label: its start is that time less all steps.
   *
   * @param startMicros of the first picture
   * @param stepMicros of each picture
   * @return [steps][height · width] unsigned bytes, row by row: 255 where the last event of a pixel
   *     has the polarity 1, 0 where it has 0, and 127 where there was none
   */
  public static byte[][] frames(Events events, long startMicros, long stepMicros, int steps) {
    positive("Step", stepMicros);
    check(steps >= 1, "Steps = " + steps + " is not positive");
    int pixels = Math.multiplyExact(events.width(), events.height());
    byte[][] frames = new byte[steps][pixels];
    int from = events.firstAt(startMicros);
    for (int step = 0; step < steps; step++) {
      Arrays.fill(frames[step], BACKGROUND);
      long end = Math.addExact(startMicros, Math.multiplyExact(stepMicros, step + 1L));
      int to = events.firstAt(end);
      for (int i = from; i < to; i++) {
        int pixel = events.y()[i] * events.width() + events.x()[i];
        frames[step][pixel] = (byte) (events.polarity()[i] == 1 ? 255 : 0);
      }
      from = to;
    }
    return frames;
  }

  /**
   * A picture of {@link #frames} as people look at it, grey.
   *
   * @param frame [height · width]
   */
  public static BufferedImage picture(byte[] frame, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < frame.length; i++) {
      image.setRGB(i % width, i / width, (frame[i] & 0xFF) * 0x010101);
    }
    return image;
  }

  private static long positive(String name, long micros) {
    check(micros > 0, name + " of " + micros + " us is not positive");
    return micros;
  }

  private static void check(boolean ok, String message) {
    if (!ok) {
      throw new IllegalArgumentException(message);
    }
  }
}
