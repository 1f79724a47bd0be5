package org.trispike.training.bank;

import java.util.Optional;
import org.trispike.kernels.Compute;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqConfigs;
import org.trispike.vq.train.Opq;
import org.trispike.vq.train.ProductTraining;
import org.trispike.vq.train.QuantizerOptions;
import org.trispike.vq.train.Rotation;

/** The one way in which banks are quantized, the same in every task. */
final class Pq4 {
  static final VqConfig CONFIG = VqConfigs.PQ4;

  /** Rows that the rotation is fitted to. */
  static final int ROTATED = 8192;

  private Pq4() {}

  /**
   * The rotation is coarse work: sums over all columns, for which few points and steps do.
   *
   * @param rows [n, columns]
   */
  static Rotation rotation(Compute compute, FloatArray rows, int rounds) {
    return Opq.fit(compute, rows, CONFIG, new QuantizerOptions(1, 1, 8, 0, 64), rounds);
  }

  /** A rotation as it travels, of no elements for none. */
  static Optional<Rotation> rotation(float[] matrix, int columns) {
    return matrix.length == 0
        ? Optional.empty()
        : Optional.of(new Rotation(new FloatArray(new int[] {columns, columns}, matrix)));
  }

  /** Rows as they are encoded. */
  static FloatArray rotated(Compute compute, FloatArray rows, float[] matrix) {
    return rotation(matrix, rows.shape()[1])
        .map(rotation -> rotation.apply(compute, rows))
        .orElse(rows);
  }

  static ProductTraining training(Compute compute, int rows, int columns) {
    return new ProductTraining(compute, QuantizerOptions.defaults(), CONFIG, rows, columns);
  }
}
