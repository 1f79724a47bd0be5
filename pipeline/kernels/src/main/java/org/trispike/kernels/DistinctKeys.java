package org.trispike.kernels;

import java.util.Arrays;

/**
 * Numbers the distinct keys of a list in rising order.
 *
 * <p>Where the keys are dense enough they are marked in a bitmap, whose set bits come out in order
 * and whose population counts are the numbers: three passes without a comparison, O(n + 2^bits /
 * 64). Otherwise they are sorted. Both give the same. Not for concurrent use.
 */
final class DistinctKeys {
  /** As many words of the bitmap a key still cost less than sorting it. */
  private static final int WORDS_PER_KEY = 4;

  private final RadixSort sort = new RadixSort();
  private long[] marks = new long[0];

  /** For each word that has marks, how many marks are below it. */
  private int[] below = new int[0];

  /**
   * Numbers {@code keys[0..n)}.
   *
   * @param bits of a key that count
   * @param distinct takes the distinct keys from position {@code count} on
   * @param numbers takes at {@code first + i} where in {@code distinct} key i stands
   * @return the position behind the last of the distinct keys
   */
  int number(long[] keys, int n, int bits, long[] distinct, int count, int[] numbers, int first) {
    return bits < Integer.SIZE && 1L << bits <= (long) WORDS_PER_KEY * Long.SIZE * n
        ? mark(keys, n, bits, distinct, count, numbers, first)
        : sort(keys, n, bits, distinct, count, numbers, first);
  }

  private int mark(
      long[] keys, int n, int bits, long[] distinct, int count, int[] numbers, int first) {
    int words = 1 << Math.max(0, bits - 6);
    if (marks.length < words) {
      marks = new long[words];
      below = new int[words];
    } else {
      Arrays.fill(marks, 0, words, 0);
    }
    for (int i = 0; i < n; i++) {
      marks[(int) keys[i] >>> 6] |= 1L << keys[i];
    }
    int next = count;
    for (int w = 0; w < words; w++) {
      below[w] = next;
      for (long rest = marks[w]; rest != 0; rest &= rest - 1) {
        distinct[next++] = ((long) w << 6) + Long.numberOfTrailingZeros(rest);
      }
    }
    for (int i = 0; i < n; i++) {
      int w = (int) keys[i] >>> 6;
      numbers[first + i] = below[w] + Long.bitCount(marks[w] & (1L << keys[i]) - 1);
    }
    return next;
  }

  private int sort(
      long[] keys, int n, int bits, long[] distinct, int count, int[] numbers, int first) {
    sort.reserve(n);
    System.arraycopy(keys, 0, sort.keys(), 0, n);
    for (int i = 0; i < n; i++) {
      sort.items()[i] = first + i;
    }
    sort.sort(n, bits);
    long[] sorted = sort.keys();
    int next = count;
    for (int i = 0; i < n; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        distinct[next++] = sorted[i];
      }
      numbers[sort.items()[i]] = next - 1;
    }
    return next;
  }
}
