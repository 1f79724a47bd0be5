package org.trispike.datasets.format.lidar;

import java.util.Arrays;

/**
 * A rotation and then a shift of space.
 *
 * @param rows [3, 4] row after row: the rotation's, with the shift behind it
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in, and read by index
public record RigidMap(double[] rows) {
  /** Calibrations are written with seven to thirteen digits. */
  private static final double TOLERANCE = 1e-3;

  public RigidMap {
    if (rows.length != 12) {
      throw new IllegalArgumentException("A rigid map has 12 numbers, not " + rows.length);
    }
    rows = rows.clone();
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        double product = 0;
        for (int k = 0; k < 3; k++) {
          product += rows[4 * i + k] * rows[4 * j + k];
        }
        if (!(Math.abs(product - (i == j ? 1 : 0)) <= TOLERANCE)) {
          throw new IllegalArgumentException("It does not rotate: " + Arrays.toString(rows));
        }
      }
      if (!Double.isFinite(rows[4 * i + 3])) {
        throw new IllegalArgumentException("It shifts by " + rows[4 * i + 3]);
      }
    }
  }

  /** A rotation alone, [3, 3] row after row. */
  static RigidMap rotation(double[] r) {
    return new RigidMap(
        new double[] {r[0], r[1], r[2], 0, r[3], r[4], r[5], 0, r[6], r[7], r[8], 0});
  }

  /** Where a point goes. */
  public double[] map(double x, double y, double z) {
    double[] out = new double[3];
    for (int i = 0; i < 3; i++) {
      int row = 4 * i;
      out[i] = rows[row] * x + rows[row + 1] * y + rows[row + 2] * z + rows[row + 3];
    }
    return out;
  }

  /** First the other, then this. */
  public RigidMap after(RigidMap other) {
    double[] product = new double[12];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 4; j++) {
        double sum = j == 3 ? rows[4 * i + 3] : 0;
        for (int k = 0; k < 3; k++) {
          sum += rows[4 * i + k] * other.rows[4 * k + j];
        }
        product[4 * i + j] = sum;
      }
    }
    return new RigidMap(product);
  }

  /** The way back: the transposed rotation, and the shift turned round by it. */
  public RigidMap inverse() {
    double[] back = new double[12];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        back[4 * i + j] = rows[4 * j + i];
        back[4 * i + 3] -= rows[4 * j + i] * rows[4 * j + 3];
      }
    }
    return new RigidMap(back);
  }
}
