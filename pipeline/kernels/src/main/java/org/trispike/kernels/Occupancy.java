package org.trispike.kernels;

import java.util.Arrays;

/**
 * The occupied cells of one sample as bits by key, with ranks: how many occupied cells have a
 * smaller key. Cells are thus sorted, told apart and numbered, and their neighbours found, without
 * a comparison that could be mispredicted. Takes 3 bytes for 16 keys of the grid and a pass over
 * them, so it is for grids up to {@link #BITS}; memory is kept for the next sample.
 */
final class Occupancy {
  /** Bits of a key up to which a grid is held: half a megabyte of cells. */
  static final int BITS = 22;

  private long[] words = new long[0];
  private int[] ranks = new int[0];
  private int used;

  /** Begins anew, with keys of {@code bits} bits. */
  void open(int bits) {
    // One word more, which a neighbourhood at the end of the last one reaches into.
    used = (1 << Math.max(0, bits - 6)) + 1;
    if (words.length < used) {
      words = new long[used];
      ranks = new int[used];
    } else {
      Arrays.fill(words, 0, used, 0L);
    }
  }

  void add(long key) {
    words[(int) (key >>> 6)] |= 1L << key;
  }

  /** Numbers the cells in the order of their keys and returns how many there are. */
  int rank() {
    int count = 0;
    for (int i = 0; i < used; i++) {
      ranks[i] = count;
      count += Long.bitCount(words[i]);
    }
    return count;
  }

  /** The number of a cell that was added. */
  int rankOf(long key) {
    int word = (int) (key >>> 6);
    return ranks[word] + Long.bitCount(words[word] & (1L << key) - 1);
  }

  /** Writes the keys of all cells, rising, from {@code at} on. */
  void keys(long[] keys, int at) {
    int next = at;
    for (int i = 0; i < used; i++) {
      for (long rest = words[i]; rest != 0; rest &= rest - 1) {
        keys[next++] = ((long) i << 6) + Long.numberOfTrailingZeros(rest);
      }
    }
  }

  long[] words() {
    return words;
  }

  int[] ranks() {
    return ranks;
  }
}
