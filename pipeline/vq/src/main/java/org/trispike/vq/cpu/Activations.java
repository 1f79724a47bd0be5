package org.trispike.vq.cpu;

import java.util.Arrays;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.VqTensor;

/**
 * Brings x into the form that codes want: rotated if their rows are, which scalar products survive,
 * and with zeros behind the last column, for vectors that reach beyond it.
 */
final class Activations {
  private final int columns;
  private final float[] rotation;
  private final float[] prepared;

  Activations(VqTensor tensor) {
    this.columns = tensor.columns();
    this.rotation = tensor.rotation().map(FloatArray::data).orElse(null);
    this.prepared = new float[tensor.groups() * tensor.config().vectorLength()];
  }

  /** For a matrix that is no codes. */
  Activations(int columns) {
    this.columns = columns;
    this.rotation = null;
    this.prepared = new float[columns];
  }

  /** x [columns], prepared; valid until the next call. */
  float[] of(float[] x) {
    if (rotation == null) {
      if (columns == prepared.length) {
        return x;
      }
      System.arraycopy(x, 0, prepared, 0, columns);
      return prepared;
    }
    Arrays.fill(prepared, 0f);
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < columns; j++) {
        prepared[j] += x[i] * rotation[i * columns + j];
      }
    }
    return prepared;
  }
}
