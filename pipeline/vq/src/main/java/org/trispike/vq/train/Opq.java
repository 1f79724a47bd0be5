package org.trispike.vq.train;

import org.trispike.kernels.Compute;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqTensor;

/**
 * Optimized product quantization (Ge, He, Ke, Sun: CVPR 2013, non-parametric): codes of the rotated
 * rows and the rotation that suits the codes best, in turn.
 *
 * <p>The second is the orthogonal Procrustes problem: the R nearest to M = Xᵀ·X̂ is the orthogonal
 * factor of M's polar decomposition, which Newton and Schulz's iteration R ← 3/2 R − 1/2 R·Rᵀ·R
 * finds by matrix products alone (Higham: Functions of Matrices, 2008, section 8). A small multiple
 * of the rotation before is added to M, so that directions of which the data says nothing stay
 * where they are. Not for quantizers that have one codebook for all columns: they gain nothing.
 */
public final class Opq {
  /** Share of M's mean singular value that the rotation before contributes. */
  private static final float PROXIMITY = 1e-3f;

  /** Each multiplies a small singular value by 3/2 and squares the distance of a large one to 1. */
  private static final int POLAR_STEPS = 32;

  private Opq() {}

  /** A rotation for {@code matrix}, found in so many rounds of codes and rotation. */
  public static Rotation fit(
      Compute compute, FloatArray matrix, VqConfig config, QuantizerOptions options, int rounds) {
    Rotation rotation = Rotation.identity(matrix.shape()[1]);
    Quantizer quantizer = new Quantizer(compute, options);
    for (int round = 0; round < rounds; round++) {
      VqTensor codes = quantizer.quantize(matrix, config, rotation);
      rotation = nearest(compute, matrix, codes, rotation);
    }
    return rotation;
  }

  private static Rotation nearest(
      Compute compute, FloatArray matrix, VqTensor codes, Rotation before) {
    int n = matrix.shape()[1];
    float[] decoded = new float[matrix.data().length];
    float[] row = new float[codes.groups() * codes.config().vectorLength()];
    for (int r = 0; r < codes.rows(); r++) {
      codes.decode(r, row);
      System.arraycopy(row, 0, decoded, r * n, n);
    }
    float[] product = new float[n * n];
    try (Scope scope = new Scope(compute)) {
      Tensor m = scope.tensor(n, n);
      compute.gemm(
          true,
          false,
          scope.of(matrix.data(), matrix.shape()),
          scope.of(decoded, matrix.shape()),
          0f,
          m);
      compute.download(m, product, 0);
    }
    FloatArray polar = new FloatArray(new int[] {n, n}, polar(compute, product, before));
    // A singular M has no nearest rotation: the codes gain nothing from another one either.
    return Rotation.isOrthogonal(polar) ? new Rotation(polar) : before;
  }

  private static float[] polar(Compute compute, float[] m, Rotation before) {
    int n = before.matrix().shape()[0];
    double square = 0;
    for (float value : m) {
      square += (double) value * value;
    }
    // The Frobenius norm bounds the largest singular value, which has to be below √3.
    float scale = square == 0 ? 1f : (float) (1 / Math.sqrt(square));
    float proximity = PROXIMITY / (float) Math.sqrt(n);
    float[] start = new float[n * n];
    for (int i = 0; i < start.length; i++) {
      start[i] = scale * m[i] + proximity * before.matrix().data()[i];
    }
    try (Scope scope = new Scope(compute)) {
      Tensor r = scope.of(start, n, n);
      Tensor gram = scope.tensor(n, n);
      Tensor next = scope.tensor(n, n);
      for (int step = 0; step < POLAR_STEPS; step++) {
        compute.gemm(false, true, r, r, 0f, gram);
        compute.gemm(false, false, gram, r, 0f, next);
        compute.axpy(-3f, r, next);
        compute.fill(r, 0f);
        compute.axpy(-0.5f, next, r);
      }
      compute.download(r, start, 0);
    }
    return start;
  }
}
