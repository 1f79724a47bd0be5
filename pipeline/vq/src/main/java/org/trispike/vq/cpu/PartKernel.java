package org.trispike.vq.cpu;

/** Sums of look-ups for the rows of a band in the tables of a part; stateless. */
interface PartKernel {

  /**
   * Adds to {@code sums} [rows].
   *
   * @param at where the codes of this band and part begin
   * @param tables of products, [sub-spaces, entries]
   * @param subspaces of the part
   */
  void add(byte[] codes, int at, float[] tables, int subspaces, float[] sums, int rows);
}
