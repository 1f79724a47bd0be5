package org.trispike.vq.cpu;

import org.trispike.kernels.cpu.VectorSupport;

/** Inner loops that do not depend on a plan: what differs between vector and scalar. */
interface Lanes {

  /** The fastest that there is here. */
  static Lanes fastest() {
    return VectorSupport.present() ? new VectorLanes() : new ScalarLanes();
  }

  /** Floats of a vector; 1 without vectors. */
  int width();

  /** Σ of a[at + i] · x[i] over {@code size} elements. */
  float dot(float[] a, int at, float[] x, int size);

  /** The same of bytes. */
  float dot(byte[] a, int at, float[] x, int size);

  /**
   * table[to + e] = Σ over d of x[xAt + d] · columns[at + d · entries + e], added in the order of d
   * and rounded after each step, so that all implementations give the same bits.
   */
  void products(
      float[] x, int xAt, int length, float[] columns, int at, int entries, float[] table, int to);

  /** For logs and reports. */
  String description();
}
