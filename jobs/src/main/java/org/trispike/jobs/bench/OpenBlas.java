package org.trispike.jobs.bench;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/** Products of row-major matrices by the OpenBLAS that ND4J brings along: the baseline of ours. */
final class OpenBlas {
  private static final int ROW_MAJOR = 101;
  private static final int PLAIN = 111;
  private static final int TRANSPOSED = 112;

  private OpenBlas() {}

  /** A matrix outside of the heap. */
  static FloatPointer matrix(float[] values) {
    return new FloatPointer(values);
  }

  /** c [m, n] = op(a) · op(b), over k. */
  static void gemm(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      FloatPointer a,
      FloatPointer b,
      FloatPointer c) {
    openblas_nolapack.cblas_sgemm(
        ROW_MAJOR,
        transposeA ? TRANSPOSED : PLAIN,
        transposeB ? TRANSPOSED : PLAIN,
        m,
        n,
        k,
        1,
        a,
        transposeA ? m : k,
        b,
        transposeB ? k : n,
        0,
        c,
        n);
  }
}
