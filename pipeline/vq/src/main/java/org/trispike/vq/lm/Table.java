package org.trispike.vq.lm;

/** An embedding: a matrix of which single rows are read. */
interface Table {

  /** Writes the row of a token to {@code target[0]} on. */
  void row(int token, float[] target);
}
