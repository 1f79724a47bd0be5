package org.trispike.datasets.geometry;

/** A pinhole camera that looks at the middle of a sphere from four radii away. */
final class Camera {
  static final double DISTANCE = 4;

  /** Half the picture, in radii at the sphere's middle: its outline, and a small border. */
  private static final double HALF = DISTANCE / Math.sqrt(DISTANCE * DISTANCE - 1) * 1.03;

  private final Sphere sphere;
  private final double[] right;
  private final double[] up;
  private final double[] back;
  private final double half;

  /**
   * @param azimuth in radians, of the camera about the z axis
   * @param elevation in radians, of the camera above the horizon
   * @param size of the picture in pixels; coordinates are those of {@link Canvas}, twice as fine
   */
  Camera(Sphere sphere, double azimuth, double elevation, int size) {
    this.sphere = sphere;
    // StrictMath, so that pictures are the same on every machine.
    double ca = StrictMath.cos(azimuth);
    double sa = StrictMath.sin(azimuth);
    double ce = StrictMath.cos(elevation);
    double se = StrictMath.sin(elevation);
    this.back = new double[] {ca * ce, sa * ce, se};
    this.right = new double[] {-sa, ca, 0};
    this.up = new double[] {-ca * se, -sa * se, ce};
    this.half = size * (double) Canvas.FINER / 2;
  }

  /** [vertices · 4]: column, row, 1 / depth, and height towards the camera, for each vertex. */
  float[] project(float[] xyz) {
    float[] out = new float[xyz.length / 3 * 4];
    double scale = 1 / sphere.radius();
    for (int i = 0, at = 0; i < xyz.length; i += 3, at += 4) {
      double x = (xyz[i] - sphere.x()) * scale;
      double y = (xyz[i + 1] - sphere.y()) * scale;
      double z = (xyz[i + 2] - sphere.z()) * scale;
      double towards = dot(back, x, y, z);
      double inverse = 1 / (DISTANCE - towards);
      double zoom = inverse * DISTANCE / HALF * half;
      out[at] = (float) (half + dot(right, x, y, z) * zoom);
      out[at + 1] = (float) (half - dot(up, x, y, z) * zoom);
      out[at + 2] = (float) inverse;
      out[at + 3] = (float) towards;
    }
    return out;
  }

  private static double dot(double[] axis, double x, double y, double z) {
    return axis[0] * x + axis[1] * y + axis[2] * z;
  }
}
