package org.trispike.spiking;

/**
 * Widths and depths of an E-3DSNN.
 *
 * @param stem E, width of the stem
 * @param widths C1..Cn of the stages
 * @param depths blocks of each stage
 */
record E3dsnnSize(int stem, int[] widths, int[] depths) {
  static final E3dsnnSize TINY =
      new E3dsnnSize(16, new int[] {16, 32, 64, 128}, new int[] {1, 1, 1, 1});
  static final E3dsnnSize SMALL =
      new E3dsnnSize(24, new int[] {24, 48, 96, 160}, new int[] {1, 1, 1, 1});
  static final E3dsnnSize LARGE =
      new E3dsnnSize(64, new int[] {64, 128, 128, 256}, new int[] {2, 2, 2, 2});
  static final E3dsnnSize HUGE =
      new E3dsnnSize(64, new int[] {96, 192, 288, 384}, new int[] {2, 2, 2, 2});

  E3dsnnSize {
    if (widths.length != depths.length || widths.length == 0) {
      throw new IllegalArgumentException("Each stage needs a width and a depth");
    }
  }

  int stages() {
    return widths.length;
  }

  /** Columns of the pooled vector. */
  int lastWidth() {
    return widths[widths.length - 1];
  }
}
