package org.trispike.vq.train;

import org.trispike.kernels.Compute;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;
import org.trispike.kernels.io.FloatArray;

/**
 * An orthogonal change of basis of the columns: rows x become x·R.
 *
 * @param matrix R [columns, columns]
 */
public record Rotation(FloatArray matrix) {
  private static final double TOLERANCE = 1e-4;

  public Rotation {
    int n = matrix.shape()[0];
    matrix.checkShape("rotation", n, n);
    if (!isOrthogonal(matrix)) {
      throw new IllegalArgumentException("R·Rᵀ is not 1");
    }
  }

  static boolean isOrthogonal(FloatArray matrix) {
    return deviation(matrix.data(), matrix.shape()[0]) < TOLERANCE;
  }

  /** No change. */
  public static Rotation identity(int columns) {
    float[] matrix = new float[columns * columns];
    for (int i = 0; i < columns; i++) {
      matrix[i * columns + i] = 1;
    }
    return new Rotation(new FloatArray(new int[] {columns, columns}, matrix));
  }

  /** The rows of {@code x} [rows, columns] in the new basis. */
  public FloatArray apply(Compute compute, FloatArray x) {
    int columns = matrix.shape()[0];
    x.checkShape("matrix", x.shape()[0], columns);
    float[] y = new float[x.data().length];
    try (Scope scope = new Scope(compute)) {
      Tensor result = scope.tensor(x.shape());
      compute.gemm(
          false,
          false,
          scope.of(x.data(), x.shape()),
          scope.of(matrix.data(), columns, columns),
          0f,
          result);
      compute.download(result, y, 0);
    }
    return new FloatArray(x.shape().clone(), y);
  }

  /** The largest element of R·Rᵀ − 1. */
  private static double deviation(float[] r, int n) {
    double largest = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        double product = i == j ? -1 : 0;
        for (int k = 0; k < n; k++) {
          product += (double) r[i * n + k] * r[j * n + k];
        }
        // Math.max keeps what is no number.
        largest = Math.max(largest, Math.abs(product));
      }
    }
    return largest;
  }
}
