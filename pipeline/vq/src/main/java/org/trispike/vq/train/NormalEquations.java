package org.trispike.vq.train;

/**
 * The entry c of least Σ |x − c|² + κ (ρ + x·(x − c))² over the vectors x of a cluster: (Σ 1 + κ x
 * xᵀ) c = Σ x + κ (ρ + |x|²) x. With κ ≥ 0 the matrix is positive definite.
 */
final class NormalEquations {
  private final int size;
  private final double[] left;
  private final double[] right;

  NormalEquations(int size) {
    this.size = size;
    this.left = new double[size * size];
    this.right = new double[size];
  }

  /** Adds the vector at {@code x[at]}. */
  void add(float[] x, int at, double kappa, double rho) {
    double square = 0;
    for (int i = 0; i < size; i++) {
      square += (double) x[at + i] * x[at + i];
    }
    for (int i = 0; i < size; i++) {
      right[i] += x[at + i] * (1 + kappa * (rho + square));
      for (int j = 0; j < size; j++) {
        left[i * size + j] += (i == j ? 1 : 0) + kappa * x[at + i] * x[at + j];
      }
    }
  }

  /** Writes c to {@code entry[at]} on; these equations are used up. */
  void solve(float[] entry, int at) {
    for (int i = 0; i < size; i++) {
      for (int j = i + 1; j < size; j++) {
        double factor = left[j * size + i] / left[i * size + i];
        for (int k = i; k < size; k++) {
          left[j * size + k] -= factor * left[i * size + k];
        }
        right[j] -= factor * right[i];
      }
    }
    for (int i = size - 1; i >= 0; i--) {
      double value = right[i];
      for (int k = i + 1; k < size; k++) {
        value -= left[i * size + k] * right[k];
      }
      right[i] = value / left[i * size + i];
      entry[at + i] = (float) right[i];
    }
  }
}
