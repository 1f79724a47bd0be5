package org.trispike.datasets.format.event;

/**
 * Time from a counter that begins anew after so many bits. Of the times that a value can mean, the
 * one nearest to the last is taken: a long step back is a wrap, a short one is disorder.
 */
final class WrappingClock {
  private final long range;
  private long last = -1;

  WrappingClock(int bits) {
    this.range = 1L << bits;
  }

  /** The time of a value in [0, 2^bits), in units of the counter since its start. */
  long time(long value) {
    if (last < 0) {
      last = value;
      return last;
    }
    long step = Math.floorMod(value - last + range / 2, range) - range / 2;
    long nearest = last + step;
    last = nearest < 0 ? nearest + range : nearest; // nothing is before the counter's start
    return last;
  }
}
