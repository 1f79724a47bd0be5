package org.trispike.vq.scan;

/** The rows themselves, wherever they lie. */
@FunctionalInterface
public interface ExactRows {

  /** Copies one row to {@code target} [columns]. */
  void row(int row, float[] target);
}
