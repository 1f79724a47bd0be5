package org.trispike.kernels;

import java.util.stream.LongStream;

/**
 * A permutation of 0..n−1 that is a pure function of (n, key), without a table.
 *
 * <p>A Feistel network over the smallest even number of bits that holds n, walked until the value
 * falls inside the range (Black and Rogaway: Ciphers with Arbitrary Finite Domains, 2002): at most
 * four steps on average, O(1) memory, any position at once, so a run resumes anywhere.
 */
public final class KeyedPermutation {
  /** Four are enough for large ranges; small ones, as windows of rows, need more to look even. */
  private static final int ROUNDS = 8;

  private final long size;
  private final long key;
  private final int halfBits;
  private final long halfMask;

  public KeyedPermutation(long size, long key) {
    if (size < 0 || size > 1L << 61) {
      throw new IllegalArgumentException("Size " + size + " is outside 0..2^61");
    }
    this.size = size;
    this.key = key;
    int bits = 64 - Long.numberOfLeadingZeros(Math.max(1, size - 1));
    this.halfBits = (bits + 1) / 2;
    this.halfMask = (1L << halfBits) - 1;
  }

  /** Where position {@code index} goes. */
  public long apply(long index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("Position " + index + " is outside 0.." + (size - 1));
    }
    long value = index;
    do {
      value = encipher(value);
    } while (value >= size);
    return value;
  }

  /** Where the first positions go, in their order: a draw of {@code count} of the n numbers. */
  public LongStream first(long count) {
    return LongStream.range(0, count).map(this::apply);
  }

  private long encipher(long value) {
    long left = value >>> halfBits;
    long right = value & halfMask;
    for (int round = 0; round < ROUNDS; round++) {
      long next = left ^ KeyedRandom.mix(key + round ^ KeyedRandom.mix(right + round)) & halfMask;
      left = right;
      right = next;
    }
    return left << halfBits | right;
  }
}
