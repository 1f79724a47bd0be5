package org.trispike.kernels.cpu;

import org.trispike.kernels.Tensor;

/** Dense products of all transpositions, by the same inner loops as the sparse convolution. */
final class Product {
  /** Floats of one block of rows of the left side: half of the second cache. */
  private static final int BLOCK = 1 << 17;

  /** Rows of c that one part of a product with a transposed left side computes. */
  private static final int TILE = 64;

  private final Lanes lanes;
  private final Workers workers;
  private final FloatPool pool;
  private final Identity identity = new Identity();

  Product(Lanes lanes, Workers workers, FloatPool pool) {
    this.lanes = lanes;
    this.workers = workers;
    this.pool = pool;
  }

  /** c += op(a) · op(b). */
  void multiply(boolean transposeA, boolean transposeB, Tensor a, Tensor b, Tensor c) {
    int inner = transposeA ? a.rows() : a.columns();
    int n = c.columns();
    boolean packed = !transposeA && (transposeB || lanes.packs(n, c.rows()));
    FloatPool.Heap scratch = packed || transposeB ? pool.take(b.size()) : null;
    float[] right = FloatPool.array(b);
    int at = b.offset();
    if (packed) {
      lanes.pack(transposeB, right, at, b.columns(), inner, n, scratch.values(), 0);
    } else if (transposeB) {
      Transpose.transpose(right, at, inner, n, inner, scratch.values(), 0);
    }
    if (scratch != null) {
      right = scratch.values();
      at = 0;
    }
    int[] each = identity.of(Math.max(c.rows(), inner));
    Gather x = new Gather(FloatPool.array(a), a.offset(), a.columns(), each);
    if (transposeA) {
      outer(x, new Gather(right, at, n, each), inner, c);
    } else {
      Gather y = new Gather(FloatPool.array(c), c.offset(), n, each);
      rows(x, right, at, packed, inner, n, y, c.rows());
    }
    if (scratch != null) {
      pool.give(scratch);
    }
  }

  private void rows(
      Gather x, float[] w, int wAt, boolean packed, int inner, int n, Gather y, int rows) {
    int block = Math.max(64, BLOCK / Math.max(1, inner + n));
    workers.run(
        (rows + block - 1) / block,
        part ->
            lanes.rows(
                x, w, wAt, packed, inner, n, y, part * block, Math.min(rows, (part + 1) * block)));
  }

  private void outer(Gather x, Gather y, int inner, Tensor c) {
    float[] w = FloatPool.array(c);
    workers.run(
        (c.rows() + TILE - 1) / TILE,
        part ->
            lanes.outer(
                x,
                part * TILE,
                Math.min(c.rows(), (part + 1) * TILE),
                y,
                c.columns(),
                0,
                inner,
                w,
                c.offset()));
  }
}
