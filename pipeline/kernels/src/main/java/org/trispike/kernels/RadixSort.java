package org.trispike.kernels;

import java.util.Arrays;

/**
 * Sorts keys together with an index by digits of 11 bits, least significant first: stable, O(n).
 */
final class RadixSort {
  private static final int DIGIT = 11;
  private static final int MASK = (1 << DIGIT) - 1;

  private long[] keys = new long[0];
  private int[] items = new int[0];
  private long[] otherKeys = new long[0];
  private int[] otherItems = new int[0];

  /** For each pass, where the next entry of each digit goes. */
  private final int[][] places = new int[(Long.SIZE + DIGIT - 1) / DIGIT][1 << DIGIT];

  /** Room for {@code n} entries; {@link #keys} and {@link #items} are then filled by the caller. */
  void reserve(int n) {
    if (keys.length < n) {
      keys = new long[n];
      items = new int[n];
      otherKeys = new long[n];
      otherItems = new int[n];
    }
  }

  long[] keys() {
    return keys;
  }

  int[] items() {
    return items;
  }

  /** Sorts {@code from[0..n)}, whose items are numbered from {@code first} on. */
  void sort(long[] from, int n, int bits, int first) {
    reserve(n);
    System.arraycopy(from, 0, keys, 0, n);
    for (int i = 0; i < n; i++) {
      items[i] = first + i;
    }
    sort(n, bits);
  }

  /** Sorts the first {@code n} entries by key, of which {@code bits} bits count. */
  void sort(int n, int bits) {
    int passes = (bits + DIGIT - 1) / DIGIT;
    count(n, passes);
    for (int pass = 0; pass < passes; pass++) {
      scatter(n, pass);
      long[] k = keys;
      keys = otherKeys;
      otherKeys = k;
      int[] t = items;
      items = otherItems;
      otherItems = t;
    }
  }

  /** Where the entries of each digit begin, for all passes in one sweep. */
  private void count(int n, int passes) {
    for (int pass = 0; pass < passes; pass++) {
      Arrays.fill(places[pass], 0);
    }
    for (int i = 0; i < n; i++) {
      long key = keys[i];
      for (int pass = 0; pass < passes; pass++, key >>>= DIGIT) {
        places[pass][(int) key & MASK]++;
      }
    }
    for (int pass = 0; pass < passes; pass++) {
      int sum = 0;
      for (int digit = 0; digit <= MASK; digit++) {
        int count = places[pass][digit];
        places[pass][digit] = sum;
        sum += count;
      }
    }
  }

  private void scatter(int n, int pass) {
    int[] place = places[pass];
    int shift = pass * DIGIT;
    long[] from = keys;
    int[] fromItems = items;
    long[] to = otherKeys;
    int[] toItems = otherItems;
    for (int i = 0; i < n; i++) {
      int at = place[(int) (from[i] >>> shift) & MASK]++;
      to[at] = from[i];
      toItems[at] = fromItems[i];
    }
  }
}
