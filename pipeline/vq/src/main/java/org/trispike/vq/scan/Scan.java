package org.trispike.vq.scan;

/** The inner loop: sums of table bytes for the rows of one block. */
interface Scan {

  /**
   * Sets {@code sums} [64].
   *
   * @param at where the block's codes begin
   * @param pairs of sub-spaces
   * @param table as {@link QueryTable#bytes} has it
   */
  void sums(byte[] codes, int at, int pairs, byte[] table, int[] sums);

  /** For logs and reports. */
  String description();
}
