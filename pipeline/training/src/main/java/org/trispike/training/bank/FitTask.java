package org.trispike.training.bank;

import java.io.Serializable;
import org.apache.spark.api.java.function.Function;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;

/** Fits the codebook of one sub-space. */
final class FitTask implements Function<FitTask.Sample, float[]> {
  private static final long serialVersionUID = 1;

  private final int rows;
  private final int columns;

  /** The vectors that codebook {@code number} is fitted to. */
  @SuppressWarnings("ArrayRecordComponent") // passed through
  record Sample(int number, float[] vectors) implements Serializable {}

  FitTask(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
  }

  @Override
  public float[] call(Sample sample) {
    try (Compute compute = Computes.cpu(1)) {
      return Pq4.training(compute, rows, columns).fit(sample.number(), sample.vectors());
    }
  }
}
