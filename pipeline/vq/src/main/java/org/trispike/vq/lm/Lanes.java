package org.trispike.vq.lm;

import org.trispike.kernels.cpu.VectorSupport;

/** The inner loops of a decoder, as {@link ScalarLanes} and {@link VectorLanes}. */
interface Lanes {

  /** Σ a·b. */
  float dot(float[] a, int aAt, float[] b, int bAt, int size);

  /** y += alpha · x. */
  void axpy(float alpha, float[] x, int xAt, float[] y, int yAt, int size);

  /** y[width] += Σ over rows of share · row; rows [count, width] follow each other. */
  void mix(float[] rows, int count, int width, float[] shares, int sharesAt, float[] y, int yAt);

  /** Replaces each of the first {@code count} scores by e^(score − the largest); their sum. */
  float exponentials(float[] scores, int count);

  /** For logs and reports. */
  String description();

  /** The fastest on this machine. */
  static Lanes fastest() {
    return VectorSupport.present() ? new VectorLanes() : new ScalarLanes();
  }
}
