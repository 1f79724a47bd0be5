package org.trispike.datasets.format.lidar;

import java.util.Objects;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.TextLine;
import org.trispike.datasets.format.label.Box2d;

/**
 * A line of KITTI's object labels. The place is that of the middle of the object's bottom in
 * rectified coordinates: x to the right, y down, z ahead.
 *
 * @param region in the picture of camera 2, with the object's type as its category
 * @param truncated the share of the object beyond the picture, 0..1; −1 if nobody said
 * @param occluded 0 for fully visible, 1 partly, 2 largely occluded, 3 unknown; −1 if nobody said
 * @param alpha the angle under which it is seen, in radians
 * @param height in metres; −1 for a region alone, as are width and length
 * @param width in metres
 * @param length in metres
 * @param x of its bottom's middle, in metres
 * @param y of its bottom's middle
 * @param z of its bottom's middle
 * @param rotationY the heading about the axis that points down, 0 along x, in radians
 * @param score of a detection; NaN in annotations
 */
public record KittiObject(
    Box2d region,
    double truncated,
    int occluded,
    double alpha,
    double height,
    double width,
    double length,
    double x,
    double y,
    double z,
    double rotationY,
    double score) {
  private static final int WORDS = 15;

  /** The type of regions in which there may be objects that nobody labelled. */
  public static final String DONT_CARE = "DontCare";

  public KittiObject {
    Objects.requireNonNull(region);
    boolean box = height > 0 && width > 0 && length > 0;
    if (!box && !region.category().equals(DONT_CARE)) {
      throw new IllegalArgumentException(
          "A " + region.category() + " is " + height + " by " + width + " by " + length + " m");
    }
    if (!(truncated == -1 || (truncated >= 0 && truncated <= 1))) {
      throw new IllegalArgumentException("Truncated = " + truncated + " is no share");
    }
    if (occluded < -1 || occluded > 3) {
      throw new IllegalArgumentException("Occluded = " + occluded + " is outside −1..3");
    }
  }

  static KittiObject of(TextLine line) throws CorruptInputException {
    String[] words = line.words();
    line.check(
        words.length == WORDS || words.length == WORDS + 1,
        "It has %s words, not %s or %s",
        words.length,
        WORDS,
        WORDS + 1);
    double[] n = new double[words.length];
    for (int i = 1; i < words.length; i++) {
      n[i] = line.decimal(words[i]);
    }
    int occluded = (int) line.whole(words[2], -1, 3);
    double score = words.length > WORDS ? n[WORDS] : Double.NaN;
    try {
      Box2d region = new Box2d(n[4], n[5], n[6] - n[4], n[7] - n[5], words[0]);
      return new KittiObject(
          region, n[1], occluded, n[3], n[8], n[9], n[10], n[11], n[12], n[13], n[14], score);
    } catch (IllegalArgumentException e) {
      throw line.fault(Reason.BAD_ROW, "%s", e.getMessage());
    }
  }

  /** Whether it is a region of the picture alone, and no object. */
  public boolean dontCare() {
    return region.category().equals(DONT_CARE);
  }

  public Difficulty difficulty() {
    return Difficulty.of(region.height(), occluded, truncated);
  }

  /**
   * The box around it in the lidar's coordinates. The lidar is taken to stand upright, as all
   * detectors for KITTI do: its axis and that of the cameras are less than a degree apart.
   */
  public Box3d box(KittiCalibration calibration) {
    if (dontCare()) {
      throw new IllegalStateException("A region has no box");
    }
    double[] bottom = calibration.rectifiedToVelodyne().map(x, y, z);
    return new Box3d(
        bottom[0],
        bottom[1],
        bottom[2] + height / 2,
        length,
        width,
        height,
        Box3d.wrapped(-rotationY - Math.PI / 2),
        region.category(),
        truncated,
        occluded,
        difficulty());
  }
}
