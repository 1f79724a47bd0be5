package org.trispike.vq.cpu;

/** {@link PartKernel} with tables of 16 bytes a sub-space; stateless. */
interface ScanKernel {

  /**
   * Adds base + step · (sum of table bytes) to {@code sums} [rows].
   *
   * @param tables [sub-spaces, 16] unsigned bytes, with at least a vector's more behind them
   * @param pairs of sub-spaces
   */
  void add(
      byte[] codes,
      int at,
      byte[] tables,
      int pairs,
      float base,
      float step,
      float[] sums,
      int rows);
}
