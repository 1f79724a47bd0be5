package org.trispike.kernels;

/** Small clouds for tests. */
final class Clouds {
  private Clouds() {}

  /** {@code samples} ellipsoids of about {@code points} points; sample s has s fewer. */
  static PointBatch surface(int samples, int points, float radius, long key) {
    int[] offsets = new int[samples + 1];
    for (int s = 0; s < samples; s++) {
      offsets[s + 1] = offsets[s] + Math.max(0, points - s);
    }
    int n = offsets[samples];
    float[] xyz = new float[3 * n];
    float[] rgb = new float[3 * n];
    KeyedRandom random = KeyedRandom.of(key);
    for (int p = 0; p < n; p++) {
      double[] u = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
      double norm = Math.sqrt(u[0] * u[0] + u[1] * u[1] + u[2] * u[2]);
      for (int d = 0; d < 3; d++) {
        xyz[3 * p + d] = (float) (u[d] / norm * radius * (1 - 0.2 * d));
        rgb[3 * p + d] = random.nextFloat();
      }
    }
    return new PointBatch(offsets, xyz, rgb);
  }
}
