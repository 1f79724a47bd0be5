package org.trispike.datasets.format;

/** How the pixels of a picture are weighed that is brought to another size. */
public enum Resampling {
  /** The triangle. */
  BILINEAR(1) {
    @Override
    double weight(double distance) {
      return 1 - distance;
    }
  },
  /** The cubic of Keys with a = −1/2, which Pillow calls BICUBIC. */
  BICUBIC(2) {
    @Override
    double weight(double distance) {
      return distance < 1
          ? (1.5 * distance - 2.5) * distance * distance + 1
          : ((-0.5 * distance + 2.5) * distance - 4) * distance + 2;
    }
  };

  private final int support;

  Resampling(int support) {
    this.support = support;
  }

  /** The distance from which on a weight is zero, in pixels of the coarser of the two pictures. */
  int support() {
    return support;
  }

  /**
   * The weight of a pixel.
   *
   * @param distance in 0..support
   */
  abstract double weight(double distance);
}
