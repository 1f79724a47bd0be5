package org.trispike.vq.scan;

import java.nio.ByteBuffer;

/** The inner loop: sums of table bytes for the rows of one block. */
interface Scan {

  /**
   * Sets {@code sums} [64], if any of them reaches {@code least}; a sum below it may be left at 0.
   *
   * @param at where in the buffer the block's codes begin
   * @param pairs of sub-spaces
   * @param table as {@link QueryTable#bytes} has it
   * @return whether any sum may reach {@code least}: false for most blocks, once the best of a bank
   *     are known
   */
  boolean sums(ByteBuffer codes, int at, int pairs, byte[] table, int least, int[] sums);

  /** For logs and reports. */
  String description();
}
