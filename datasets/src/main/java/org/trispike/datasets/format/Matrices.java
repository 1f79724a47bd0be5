package org.trispike.datasets.format;

/**
 * Affine maps of space: 4 by 4 matrices, column after column, of which the last row is left out of
 * account.
 */
final class Matrices {
  private Matrices() {}

  /** First {@code b}, then {@code a}. */
  static double[] product(double[] a, double[] b) {
    double[] out = new double[16];
    for (int column = 0; column < 4; column++) {
      for (int row = 0; row < 3; row++) {
        double sum = column == 3 ? a[12 + row] : 0;
        for (int k = 0; k < 3; k++) {
          sum += a[k * 4 + row] * b[column * 4 + k];
        }
        out[column * 4 + row] = sum;
      }
    }
    out[15] = 1;
    return out;
  }

  /**
   * First a scaling, then a rotation, then a translation.
   *
   * @param t translation (x, y, z)
   * @param q rotation as a unit quaternion (x, y, z, w)
   * @param s scales along x, y and z
   */
  static double[] of(double[] t, double[] q, double[] s) {
    double x = q[0];
    double y = q[1];
    double z = q[2];
    double w = q[3];
    return new double[] {
      s[0] * (1 - 2 * (y * y + z * z)),
      s[0] * 2 * (x * y + z * w),
      s[0] * 2 * (x * z - y * w),
      0,
      s[1] * 2 * (x * y - z * w),
      s[1] * (1 - 2 * (x * x + z * z)),
      s[1] * 2 * (y * z + x * w),
      0,
      s[2] * 2 * (x * z + y * w),
      s[2] * 2 * (y * z - x * w),
      s[2] * (1 - 2 * (x * x + y * y)),
      0,
      t[0],
      t[1],
      t[2],
      1
    };
  }

  /** The mapped points. */
  static float[] map(double[] m, float[] xyz) {
    float[] out = new float[xyz.length];
    for (int i = 0; i < xyz.length; i += 3) {
      double x = xyz[i];
      double y = xyz[i + 1];
      double z = xyz[i + 2];
      out[i] = (float) (m[0] * x + m[4] * y + m[8] * z + m[12]);
      out[i + 1] = (float) (m[1] * x + m[5] * y + m[9] * z + m[13]);
      out[i + 2] = (float) (m[2] * x + m[6] * y + m[10] * z + m[14]);
    }
    return out;
  }
}
