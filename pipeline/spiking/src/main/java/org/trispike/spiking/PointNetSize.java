package org.trispike.spiking;

/**
 * Widths of a PointNet, which its T-Nets have as well.
 *
 * @param shared widths of the maps that all points share, before the maximum
 * @param dense widths of the maps behind it
 */
record PointNetSize(int[] shared, int[] dense) {
  static final PointNetSize STANDARD =
      new PointNetSize(new int[] {64, 128, 1024}, new int[] {512, 256});

  PointNetSize {
    if (shared.length < 2 || dense.length == 0) {
      throw new IllegalArgumentException("A PointNet has at least 2 shared maps and 1 dense one");
    }
  }
}
