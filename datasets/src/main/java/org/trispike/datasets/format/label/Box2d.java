package org.trispike.datasets.format.label;

import java.io.Serializable;
import java.util.Objects;

/**
 * An upright rectangle in a picture. Its borders may be anywhere: formats whose boxes may reach
 * beyond the picture have them {@linkplain #clipped clipped}.
 *
 * @param x of its left border, in pixels; 0 is the left border of the first pixel
 * @param y of its upper border
 * @param width in pixels, at least 0
 * @param height in pixels, at least 0
 * @param category the name of its class
 * @param crowd whether it holds many objects that nobody told apart
 */
public record Box2d(double x, double y, double width, double height, String category, boolean crowd)
    implements Serializable {
  public Box2d {
    Objects.requireNonNull(category);
    if (!Double.isFinite(x) || !Double.isFinite(y)) {
      throw new IllegalArgumentException("A box lies at " + x + ", " + y);
    }
    if (!(width >= 0 && height >= 0 && Double.isFinite(width) && Double.isFinite(height))) {
      throw new IllegalArgumentException("A box is " + width + " by " + height + " pixels");
    }
  }

  /** A box of one object. */
  public Box2d(double x, double y, double width, double height, String category) {
    this(x, y, width, height, category, false);
  }

  public double right() {
    return x + width;
  }

  public double bottom() {
    return y + height;
  }

  /** Whether all of it lies in a picture of this size. */
  public boolean within(int pictureWidth, int pictureHeight) {
    return x >= 0 && y >= 0 && right() <= pictureWidth && bottom() <= pictureHeight;
  }

  /** The part of it that lies in a picture of this size; without area if none does. */
  public Box2d clipped(int pictureWidth, int pictureHeight) {
    double left = clamp(x, pictureWidth);
    double top = clamp(y, pictureHeight);
    return new Box2d(
        left,
        top,
        clamp(right(), pictureWidth) - left,
        clamp(bottom(), pictureHeight) - top,
        category,
        crowd);
  }

  private static double clamp(double value, int most) {
    return Math.max(0, Math.min(most, value));
  }
}
