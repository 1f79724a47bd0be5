package org.trispike.spiking;

/**
 * What the speed of a sparse convolution depends on, beside the share of inputs that fire.
 *
 * @param offsets of the kernel: 27, 8 where it halves, 1 for a linear map
 * @param in channels
 * @param out channels
 * @param sites output rows, to the next power of two
 */
public record ConvShape(int offsets, int in, int out, int sites) {
  /** Of a surface; a linear map may have a single row. */
  private static final int FEWEST = 32;

  private static final int MOST = 1 << 13;

  static ConvShape of(int offsets, int in, int out, int rows) {
    int bounded = Math.max(offsets == 1 ? 1 : FEWEST, Math.min(MOST, rows));
    return new ConvShape(offsets, in, out, Integer.highestOneBit(2 * bounded - 1));
  }
}
