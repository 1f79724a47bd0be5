package org.trispike.datasets.format.label;

import java.util.Arrays;
import org.trispike.datasets.format.Ints;

/**
 * The pixels of an object as the lengths of runs, in COCO's order: column after column from the
 * left, each from the top, pixels outside and inside in turn, beginning with those outside. Format:
 * cocodataset/cocoapi, common/maskApi.h.
 *
 * @param width of the picture in pixels
 * @param height of the picture in pixels
 * @param runs their lengths; the first may be 0; shared, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // a large array that is passed through
public record InstanceMask(int width, int height, int[] runs) implements Outline {
  public InstanceMask {
    if (width < 1 || height < 1 || (long) width * height > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("A mask is " + width + " by " + height + " pixels");
    }
    long sum = 0;
    for (int run : runs) {
      if (run < 0) {
        throw new IllegalArgumentException("A run of a mask is " + run + " pixels long");
      }
      sum += run;
    }
    if (sum != (long) width * height) {
      throw new IllegalArgumentException(
          "Its runs are " + sum + " pixels, and not " + width + " by " + height);
    }
  }

  /** The mask that a packed string holds. */
  public static InstanceMask unpacked(int width, int height, String packed) {
    return new InstanceMask(width, height, RunString.unpacked(packed));
  }

  /** The pixels of an array [height, width], row after row. */
  public static InstanceMask ofPixels(int width, int height, boolean[] inside) {
    if ((long) width * height != inside.length) {
      throw new IllegalArgumentException(inside.length + " pixels are not " + width + "x" + height);
    }
    Ints runs = new Ints();
    boolean now = false;
    int length = 0;
    for (int i = 0; i < inside.length; i++) {
      if (inside[i % height * width + i / height] != now) {
        runs.add(length);
        length = 0;
        now = !now;
      }
      length++;
    }
    runs.add(length);
    return new InstanceMask(width, height, runs.toArray());
  }

  /** How many pixels are inside. */
  public int area() {
    int area = 0;
    for (int i = 1; i < runs.length; i += 2) {
      area += runs[i];
    }
    return area;
  }

  @Override
  public boolean isEmpty() {
    return area() == 0;
  }

  /** This mask itself. */
  @Override
  public InstanceMask mask(int pictureWidth, int pictureHeight) {
    if (pictureWidth != width || pictureHeight != height) {
      throw new IllegalArgumentException(
          "A mask of " + width + "x" + height + " for " + pictureWidth + "x" + pictureHeight);
    }
    return this;
  }

  /** For each pixel [height, width], row after row, whether it is inside. */
  public boolean[] pixels() {
    boolean[] inside = new boolean[width * height];
    int at = 0;
    for (int r = 0; r < runs.length; r++) {
      for (int end = at + runs[r]; at < end; at++) {
        inside[at % height * width + at / height] = r % 2 == 1;
      }
    }
    return inside;
  }

  /** The pixels that are inside of either. */
  public InstanceMask union(InstanceMask other) {
    other.mask(width, height);
    Ints merged = new Ints();
    boolean now = false;
    int length = 0;
    int left = 0;
    int right = 0;
    int leftRest = 0;
    int rightRest = 0;
    for (int done = 0; done < width * height; ) {
      for (; leftRest == 0; left++) {
        leftRest = runs[left];
      }
      for (; rightRest == 0; right++) {
        rightRest = other.runs[right];
      }
      // Runs of odd index are inside, and the index is one ahead.
      boolean inside = left % 2 == 0 || right % 2 == 0;
      int step = Math.min(leftRest, rightRest);
      if (inside != now) {
        merged.add(length);
        length = 0;
        now = inside;
      }
      length += step;
      done += step;
      leftRest -= step;
      rightRest -= step;
    }
    merged.add(length);
    return new InstanceMask(width, height, merged.toArray());
  }

  /** The packed string of its runs, as COCO's results have them. */
  public String packed() {
    return RunString.packed(runs);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof InstanceMask mask
        && width == mask.width
        && height == mask.height
        && Arrays.equals(runs, mask.runs);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + height) + Arrays.hashCode(runs);
  }
}
