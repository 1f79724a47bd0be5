package org.trispike.vq.lm;

/** A weight matrix as a decoder uses it. Not for concurrent use. */
interface MatrixVector {

  int rows();

  int columns();

  /** y[rows] = matrix · x[columns]. */
  void apply(float[] x, float[] y);
}
