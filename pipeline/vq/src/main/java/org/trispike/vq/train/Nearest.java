package org.trispike.vq.train;

import org.trispike.kernels.Compute;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;

/**
 * Finds the entry that is nearest to each point: Σ w (x − c)² = Σ w x² + Σ (w x)(−2 c) + w c²,
 * whose last two terms are one matrix product of [w x, w] with [−2 c, c²] for all points and
 * entries. The lowest of equal entries wins.
 */
final class Nearest {
  /** Products that are held at a time: 4 MB. */
  private static final int PRODUCTS = 1 << 20;

  private final Compute compute;

  Nearest(Compute compute) {
    this.compute = compute;
  }

  /**
   * @param entries [k, length]
   * @param codes set for each point
   * @param distances set for each point, in double precision
   */
  void find(Points points, float[] entries, int[] codes, double[] distances) {
    int length = points.length();
    int k = entries.length / length;
    // Without weights the column of c² is summed over the elements beforehand.
    int width = points.weights() == null ? length + 1 : 2 * length;
    int chunk = Math.max(1, Math.min(points.count(), PRODUCTS / k));
    float[] left = new float[chunk * width];
    float[] products = new float[chunk * k];
    try (Scope scope = new Scope(compute)) {
      Tensor right = scope.of(right(points, entries, width), k, width);
      Tensor a = scope.tensor(chunk, width);
      Tensor c = scope.tensor(chunk, k);
      for (int from = 0; from < points.count(); from += chunk) {
        int count = Math.min(chunk, points.count() - from);
        left(points, from, count, width, left);
        compute.upload(left, 0, a.rows(0, count));
        compute.gemm(false, true, a.rows(0, count), right, 0f, c.rows(0, count));
        compute.download(c.rows(0, count), products, 0);
        for (int i = 0; i < count; i++) {
          int code = smallest(products, i * k, k);
          codes[from + i] = code;
          distances[from + i] = points.distance(from + i, entries, code * length);
        }
      }
    }
  }

  private static float[] right(Points points, float[] entries, int width) {
    int length = points.length();
    int k = entries.length / length;
    float[] right = new float[k * width];
    for (int e = 0; e < k; e++) {
      for (int d = 0; d < length; d++) {
        float value = entries[e * length + d];
        right[e * width + d] = -2 * value;
        right[e * width + (points.weights() == null ? length : length + d)] += value * value;
      }
    }
    return right;
  }

  private static void left(Points points, int from, int count, int width, float[] left) {
    int length = points.length();
    for (int i = 0; i < count; i++) {
      int at = i * width;
      for (int d = 0; d < length; d++) {
        int element = (from + i) * length + d;
        float weight = points.weight(element);
        left[at + d] = weight * points.values()[element];
        left[at + (points.weights() == null ? length : length + d)] = weight;
      }
    }
  }

  private static int smallest(float[] values, int from, int count) {
    int best = 0;
    float least = values[from];
    for (int i = 1; i < count; i++) {
      if (values[from + i] < least) {
        least = values[from + i];
        best = i;
      }
    }
    return best;
  }
}
