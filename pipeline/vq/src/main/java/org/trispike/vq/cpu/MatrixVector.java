package org.trispike.vq.cpu;

/** y = W·x for one matrix W. Buffers are reused, so an instance serves one thread at a time. */
public interface MatrixVector {

  /** Numbers of y. */
  int rows();

  /** Numbers of x. */
  int columns();

  /** Overwrites y. */
  void apply(float[] x, float[] y);

  /** How it is computed, for logs and reports. */
  String description();
}
