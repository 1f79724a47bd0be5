package org.trispike.datasets.teacher;

/** Small things to do with vectors. */
public final class Vectors {
  private Vectors() {}

  /** Brings a vector to length one, in place; one of length zero stays. */
  public static float[] normalize(float[] vector) {
    double length = Math.sqrt(dot(vector, vector));
    if (length > 0) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) (vector[i] / length);
      }
    }
    return vector;
  }

  public static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
