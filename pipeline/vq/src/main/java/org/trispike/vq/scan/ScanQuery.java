package org.trispike.vq.scan;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;

/** One query on its way through the parts or lists of a bank. One thread. */
public final class ScanQuery {
  /** Blocks that are copied from a mapped part at a time: 32 KB of them stay in the cache. */
  private static final int COPIED = 8;

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

  private void add(ByteBuffer codes, IntBuffer numbers, int first, int rows) {
    int block = pairs * ScanBank.BLOCK;
    int blocks = (rows + ScanBank.BLOCK - 1) / ScanBank.BLOCK;
    if (codes.remaining() != (long) blocks * block) {
      throw new IllegalArgumentException(
          codes.remaining() + " bytes are not " + blocks + " blocks of " + block);
    }
    if (codes.hasArray()) {
      add(codes.array(), codes.arrayOffset() + codes.position(), numbers, first, rows);
      return;
    }
    byte[] copy = new byte[Math.min(COPIED, blocks) * block];
    for (int from = 0; from < blocks; from += COPIED) {
      int count = Math.min(COPIED, blocks - from);
      codes.get(codes.position() + from * block, copy, 0, count * block);
      int done = from * ScanBank.BLOCK;
      int some = Math.min(count * ScanBank.BLOCK, rows - done);
      add(copy, 0, numbers, first + done, some);
    }
  }

  /**
   * @param numbers of the rows from place {@code first} on, or null: rows are their own numbers
   */
  private void add(byte[] codes, int at, IntBuffer numbers, int first, int rows) {
    for (int from = 0; from < rows; from += ScanBank.BLOCK) {
      if (!scan.sums(codes, at + from * pairs, pairs, table, top.least(), sums)) {
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
