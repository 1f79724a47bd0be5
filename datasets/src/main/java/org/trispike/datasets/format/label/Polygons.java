package org.trispike.datasets.format.label;

import java.util.Arrays;
import java.util.List;

/**
 * The borders of an object's visible parts.
 *
 * @param parts of each the corners x, y, x, y, … in pixels; shared, not copied
 */
public record Polygons(List<double[]> parts) implements Outline {
  /** No outline. */
  public static final Polygons NONE = new Polygons(List.of());

  /** Corners may lie beside the picture, but not far. */
  private static final double FARTHEST = 1e6;

  /** Work grows with the length of the border. That around a picture is some thousand pixels. */
  private static final double LONGEST = 4e6;

  public Polygons {
    parts = List.copyOf(parts);
    double length = 0;
    for (double[] part : parts) {
      if (part.length < 6 || part.length % 2 != 0) {
        throw new IllegalArgumentException("A polygon has " + part.length + " coordinates");
      }
      for (int i = 0; i < part.length; i++) {
        if (!(Math.abs(part[i]) <= FARTHEST)) {
          throw new IllegalArgumentException("A polygon has the coordinate " + part[i]);
        }
        length += Math.abs(part[i] - part[(i + 2) % part.length]);
      }
    }
    if (length > LONGEST) {
      throw new IllegalArgumentException("The border of a polygon is " + length + " pixels long");
    }
  }

  @Override
  public boolean isEmpty() {
    return parts.isEmpty();
  }

  /** The same pixels as COCO's own program finds. */
  @Override
  public InstanceMask mask(int width, int height) {
    InstanceMask mask = new InstanceMask(width, height, new int[] {width * height});
    for (double[] part : parts) {
      mask = mask.union(new InstanceMask(width, height, PolygonRuns.of(part, width, height)));
    }
    return mask;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Polygons polygons
        && Arrays.deepEquals(parts.toArray(), polygons.parts.toArray());
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(parts.toArray());
  }
}
