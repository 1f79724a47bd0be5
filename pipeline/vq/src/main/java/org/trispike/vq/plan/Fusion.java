package org.trispike.vq.plan;

/** How elements get from the thread that looks them up to those that compute with them. */
public enum Fusion {
  /** By way of shared memory. */
  SHARED,
  /** By exchanges between the registers of a few lanes. */
  REGISTER;

  /** Shared memory was measured to cost five times an exchange. */
  private static final int MOST_SHUFFLES = 5;

  /** Exchanges of a look-up: one less than the pieces of a vector, as one piece stays. */
  static int shuffles(Op op, int vectorLength) {
    return vectorLength / op.piece(vectorLength) - 1;
  }

  static Fusion of(int shuffles) {
    return shuffles <= MOST_SHUFFLES ? REGISTER : SHARED;
  }
}
