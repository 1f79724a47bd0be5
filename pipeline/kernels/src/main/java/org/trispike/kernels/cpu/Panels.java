package org.trispike.kernels.cpu;

import jdk.incubator.vector.FloatVector;

/**
 * What a thread keeps for {@link VectorOuterPanels}.
 *
 * @param x a panel of {@link #ROWS} rows of {@link #COLUMNS} columns
 * @param y another
 * @param tile sums on their way from registers to where they are added: the places of these, live
 *     over an inner loop, would push the loop's own counters out of registers
 */
record Panels(float[] x, float[] y, float[] tile) {
  private static final int W = FloatVector.SPECIES_PREFERRED.length();

  /** Columns of a panel: four vectors of the wide ones, of which there are 32, or two. */
  static final int COLUMNS = W >= 16 ? 4 * W : 2 * W;

  /** Rows of a panel, even: one of y and what four tiles see of x stay in the first-level cache. */
  static final int ROWS = W >= 16 ? 64 : 128;

  /** Most vectors of sums that registers hold. */
  private static final int VECTORS = 16;

  private static final ThreadLocal<Panels> OWN = ThreadLocal.withInitial(Panels::make);

  private static Panels make() {
    return new Panels(new float[ROWS * COLUMNS], new float[ROWS * COLUMNS], new float[VECTORS * W]);
  }

  /** Those of this thread. */
  static Panels own() {
    return OWN.get();
  }
}
