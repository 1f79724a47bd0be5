package org.trispike.vq.cpu;

/** A matrix whose rows are asked for one by one. */
interface RowSource {

  /** Writes a row to the beginning of {@code target}. */
  void read(int row, float[] target);
}
