package org.trispike.datasets.format.lidar;

/**
 * A pinhole camera: how points of space become places in a picture.
 *
 * @param rows [3, 4] row after row
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in, and read by index
public record Projection(double[] rows) {
  public Projection {
    if (rows.length != 12) {
      throw new IllegalArgumentException("A projection has 12 numbers, not " + rows.length);
    }
    rows = rows.clone();
    for (double value : rows) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("A projection holds the number " + value);
      }
    }
  }

  /**
   * Column and row of a point in pixels, and its depth, which is positive in front of the camera.
   */
  public double[] project(double x, double y, double z) {
    double depth = row(8, x, y, z);
    return new double[] {row(0, x, y, z) / depth, row(4, x, y, z) / depth, depth};
  }

  private double row(int at, double x, double y, double z) {
    return rows[at] * x + rows[at + 1] * y + rows[at + 2] * z + rows[at + 3];
  }
}
