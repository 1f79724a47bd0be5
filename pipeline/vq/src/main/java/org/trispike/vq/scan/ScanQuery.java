package org.trispike.vq.scan;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;

/** One query on its way through the parts or lists of a bank. One thread. */
public final class ScanQuery {
  private final Scan scan;
  private final int pairs;
  private final byte[] table;
  private final TopRows top;
  private final int[] sums = new int[ScanBank.BLOCK];

  ScanQuery(Scan scan, int pairs, byte[] table, TopRows top) {
    this.scan = scan;
    this.pairs = pairs;
    this.table = table;
    this.top = top;
  }

  /**
   * Looks at consecutive rows.
   *
   * @param codes as {@link ScanBank#codes} has them
   * @param first number of the first row
   * @param rows how many
   */
  public void add(ByteBuffer codes, int first, int rows) {
    add(codes, null, first, rows);
  }

  /**
   * Looks at some rows.
   *
   * @param codes as {@link ScanBank#codes} has them
   * @param numbers of the rows
   */
  public void add(ByteBuffer codes, IntBuffer numbers) {
    add(codes, numbers, numbers.position(), numbers.remaining());
  }

  /**
   * @param numbers of the rows from place {@code first} on, or null: rows are their own numbers
   */
  private void add(ByteBuffer codes, IntBuffer numbers, int first, int rows) {
    int block = pairs * ScanBank.BLOCK;
    int blocks = (rows + ScanBank.BLOCK - 1) / ScanBank.BLOCK;
    if (codes.remaining() != (long) blocks * block) {
      throw new IllegalArgumentException(
          codes.remaining() + " bytes are not " + blocks + " blocks of " + block);
    }
    for (int from = 0; from < rows; from += ScanBank.BLOCK) {
      int at = codes.position() + from * pairs;
      if (!scan.sums(codes, at, pairs, table, top.least(), sums)) {
        continue;
      }
      for (int i = 0; i < Math.min(ScanBank.BLOCK, rows - from); i++) {
        if (sums[i] >= top.least()) {
          int place = first + from + i;
          top.offer(numbers == null ? place : numbers.get(place), sums[i]);
        }
      }
    }
  }

  /** The best rows of all that were added; nothing can be added afterwards. */
  public Candidates best() {
    return top.drain();
  }
}
