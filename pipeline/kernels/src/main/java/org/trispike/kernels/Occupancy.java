package org.trispike.kernels;

import java.util.Arrays;

/**
 * The occupied cells of one sample as bits by key, with ranks: how many occupied cells have a
 * smaller key. Cells are thus sorted, told apart and numbered, and their neighbours found, without
 * a comparison that could be mispredicted. Takes 3 bytes for 16 keys of the grid and a pass over
 * them; memory is kept for the next sample.
 */
final class Occupancy {
  /** As many words for a cell still cost less than sorting does. */
  private static final int WORDS_PER_CELL = 4;

  private long[] words = new long[0];
  private int[] ranks = new int[0];
  private int used;

  /** Whether so many cells are dense enough in a grid of so many bits. */
  static boolean pays(int bits, int cells) {
    return bits < Integer.SIZE - 1 && 1L << bits <= (long) WORDS_PER_CELL * Long.SIZE * cells;
  }

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

  /** Adds the cells {@code keys[from..to)}, some maybe again. */
  void add(long[] keys, int from, int to) {
    for (int i = from; i < to; i++) {
      words[(int) keys[i] >>> 6] |= 1L << keys[i];
    }
  }

  /** Numbers the cells in the order of their keys; returns how many there are. */
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
    int word = (int) key >>> 6;
    return ranks[word] + Long.bitCount(words[word] & (1L << key) - 1);
  }

  long[] words() {
    return words;
  }

  int[] ranks() {
    return ranks;
  }
}
