package org.trispike.datasets.geometry;

import java.util.Objects;

/**
 * Points with colours. The arrays are shared, not copied: a cloud is read, never written to.
 *
 * @param xyz [points · 3] coordinates
 * @param rgb [points · 3] colours in 0..1
 */
@SuppressWarnings("ArrayRecordComponent") // two large arrays that are passed through
public record PointCloud(float[] xyz, float[] rgb) implements Shape {
  public PointCloud {
    Objects.requireNonNull(xyz);
    Objects.requireNonNull(rgb);
    if (xyz.length % 3 != 0 || xyz.length != rgb.length) {
      throw new IllegalArgumentException(
          xyz.length + " coordinates and " + rgb.length + " colours are no cloud");
    }
  }

  public int points() {
    return xyz.length / 3;
  }
}
