package org.trispike.vq.cpu;

/** The sums of a product; whoever calls has checked sizes and prepared x. */
interface Multiplier {

  /**
   * Overwrites y [rows].
   *
   * @param x as {@link Activations#of} gives it
   */
  void multiply(float[] x, float[] y);
}
