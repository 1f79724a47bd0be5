package org.trispike.training.averaging;

import java.util.List;
import java.util.function.Function;

/** Means of equally long arrays, summed in double precision in the order of the list. */
final class Averages {
  private static final int BLOCK = 4096;

  private Averages() {}

  /** The unweighted mean of one array of each result. */
  static <T> float[] of(List<T> results, Function<T, float[]> array) {
    float[] first = array.apply(results.get(0));
    if (results.size() == 1) {
      return first;
    }
    float[] mean = new float[first.length];
    double[] sums = new double[BLOCK];
    for (int from = 0; from < mean.length; from += BLOCK) {
      int count = Math.min(BLOCK, mean.length - from);
      java.util.Arrays.fill(sums, 0);
      for (T result : results) {
        float[] values = array.apply(result);
        if (values.length != mean.length) {
          throw new IllegalArgumentException(
              "Replicas differ in length: " + values.length + " and " + mean.length);
        }
        for (int i = 0; i < count; i++) {
          sums[i] += values[from + i];
        }
      }
      for (int i = 0; i < count; i++) {
        mean[from + i] = (float) (sums[i] / results.size());
      }
    }
    return mean;
  }
}
