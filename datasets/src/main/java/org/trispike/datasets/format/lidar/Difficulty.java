package org.trispike.datasets.format.lidar;

/**
 * How hard an object of KITTI is to find, by the rule of its benchmark: the height in the picture
 * is above a bound, and occlusion and truncation are not. An object is of the easiest level that
 * takes it.
 */
public enum Difficulty {
  EASY(40, 0, 0.15),
  MODERATE(25, 1, 0.3),
  HARD(25, 2, 0.5),
  /** Too hard to count. */
  NONE(Double.NEGATIVE_INFINITY, Integer.MAX_VALUE, Double.POSITIVE_INFINITY);

  private final double heightAbove;
  private final int mostOccluded;
  private final double mostTruncated;

  Difficulty(double heightAbove, int mostOccluded, double mostTruncated) {
    this.heightAbove = heightAbove;
    this.mostOccluded = mostOccluded;
    this.mostTruncated = mostTruncated;
  }

  static Difficulty of(double heightPixels, int occluded, double truncated) {
    for (Difficulty level : values()) {
      if (heightPixels > level.heightAbove
          && occluded <= level.mostOccluded
          && truncated <= level.mostTruncated) {
        return level;
      }
    }
    return NONE;
  }
}
