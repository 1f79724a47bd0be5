package org.trispike.vq.scan;

import org.trispike.kernels.Compute;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;
import org.trispike.kernels.io.FloatArray;

/** Products of all rows with all queries, in single precision, some rows at a time. */
public final class RowProducts {
  /** Rows that are multiplied at a time. */
  private static final int ROWS = 2048;

  /** Takes a product. */
  @FunctionalInterface
  public interface Taker {
    void take(int query, int row, float product);
  }

  private RowProducts() {}

  /**
   * Hands out the product of each row with each query, row after row.
   *
   * @param rows [count, columns]
   * @param queries [n, columns]
   */
  public static void each(Compute compute, FloatArray rows, FloatArray queries, Taker taker) {
    int count = rows.shape()[0];
    int columns = rows.shape()[1];
    int n = queries.shape()[0];
    int chunk = Math.min(ROWS, count);
    float[] products = new float[chunk * n];
    try (Scope scope = new Scope(compute)) {
      Tensor right = scope.of(queries.data(), n, columns);
      Tensor left = scope.tensor(chunk, columns);
      Tensor scores = scope.tensor(chunk, n);
      for (int from = 0; from < count; from += chunk) {
        int some = Math.min(chunk, count - from);
        compute.upload(rows.data(), from * columns, left.rows(0, some));
        compute.gemm(false, true, left.rows(0, some), right, 0f, scores.rows(0, some));
        compute.download(scores.rows(0, some), products, 0);
        for (int i = 0; i < some * n; i++) {
          taker.take(i % n, from + i / n, products[i]);
        }
      }
    }
  }
}
