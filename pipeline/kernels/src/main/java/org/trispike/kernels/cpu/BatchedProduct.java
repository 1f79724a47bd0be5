package org.trispike.kernels.cpu;

import java.util.Arrays;
import org.trispike.kernels.Matrices;

/**
 * Many small products, each on one thread, by the inner loops of {@link Product}. Left sides and
 * results stay where they lie, with their strides; a right side is packed unless it lies as if it
 * were.
 */
final class BatchedProduct {
  private final Lanes lanes;
  private final Workers workers;
  private final FloatPool pool;
  private final Identity identity = new Identity();

  BatchedProduct(Lanes lanes, Workers workers, FloatPool pool) {
    this.lanes = lanes;
    this.workers = workers;
    this.pool = pool;
  }

  /** c = alpha · op(a) · op(b) + beta · c. */
  void multiply(
      boolean transposeA,
      boolean transposeB,
      float alpha,
      Matrices a,
      Matrices b,
      float beta,
      Matrices c) {
    // The factor comes last, so that sums of integers stay exact until then.
    float before = beta == 0f || alpha == 0f ? beta : beta / alpha;
    workers.run(c.count(), i -> scale(c, i, before));
    if (alpha == 0f) {
      return;
    }
    if (transposeA) {
      outer(transposeB, a, b, c);
    } else {
      rows(transposeB, a, b, c);
    }
    workers.run(c.count(), i -> scale(c, i, alpha));
  }

  private static void scale(Matrices c, int i, float factor) {
    float[] values = FloatPool.array(c.tensor());
    for (int r = 0; r < c.rows() && factor != 1f; r++) {
      int from = c.at(i) + r * c.stride();
      for (int j = from; j < from + c.columns(); j++) {
        values[j] = factor == 0f ? 0f : factor * values[j];
      }
    }
  }

  /** c += a · op(b). */
  private void rows(boolean transposeB, Matrices a, Matrices b, Matrices c) {
    int k = a.columns();
    int n = c.columns();
    boolean packed = transposeB || b.stride() != n || lanes.packs(n, c.rows());
    float[] from = FloatPool.array(b.tensor());
    FloatPool.Heap scratch = pool.take(packed ? c.count() * k * n : 0);
    int[] each = identity.of(c.rows());
    workers.run(
        c.count(),
        i -> {
          int at = packed ? i * k * n : b.at(i);
          if (packed) {
            lanes.pack(transposeB, from, b.at(i), b.stride(), k, n, scratch.values(), at);
          }
          float[] w = packed ? scratch.values() : from;
          lanes.rows(side(a, i, each), w, at, packed, k, n, side(c, i, each), 0, c.rows());
        });
    pool.give(scratch);
  }

  /** c += aᵀ · op(b): summed apart, as the inner loop knows no gaps between rows. */
  private void outer(boolean transposeB, Matrices a, Matrices b, Matrices c) {
    int k = a.rows();
    int m = c.rows();
    int n = c.columns();
    int size = m * n + (transposeB ? k * n : 0);
    FloatPool.Heap scratch = pool.take(c.count() * size);
    int[] each = identity.of(k);
    workers.run(
        c.count(),
        i -> {
          float[] sums = scratch.values();
          int at = i * size;
          Gather y = side(b, i, each);
          if (transposeB) {
            y = new Gather(sums, at + m * n, n, each);
            float[] from = FloatPool.array(b.tensor());
            Transpose.transpose(from, b.at(i), b.stride(), n, k, sums, y.at());
          }
          Arrays.fill(sums, at, at + m * n, 0f);
          lanes.outer(side(a, i, each), 0, m, y, n, 0, k, sums, at);
          float[] to = FloatPool.array(c.tensor());
          for (int r = 0; r < m; r++) {
            int row = c.at(i) + r * c.stride();
            lanes.add(to, row, sums, at + r * n, to, row, n);
          }
        });
    pool.give(scratch);
  }

  private static Gather side(Matrices matrices, int i, int[] each) {
    return new Gather(FloatPool.array(matrices.tensor()), matrices.at(i), matrices.stride(), each);
  }
}
