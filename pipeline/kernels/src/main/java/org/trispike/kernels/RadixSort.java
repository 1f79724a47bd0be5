package org.trispike.kernels;

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
  private final int[] place = new int[1 << DIGIT];

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

  /** Sorts the first {@code n} entries by key, of which {@code bits} bits count. */
  void sort(int n, int bits) {
    for (int shift = 0; shift < bits; shift += DIGIT) {
      pass(n, shift);
      long[] k = keys;
      keys = otherKeys;
      otherKeys = k;
      int[] t = items;
      items = otherItems;
      otherItems = t;
    }
  }

  private void pass(int n, int shift) {
    java.util.Arrays.fill(place, 0);
    for (int i = 0; i < n; i++) {
      place[(int) (keys[i] >>> shift) & MASK]++;
    }
    int sum = 0;
    for (int b = 0; b < place.length; b++) {
      int count = place[b];
      place[b] = sum;
      sum += count;
    }
    for (int i = 0; i < n; i++) {
      int to = place[(int) (keys[i] >>> shift) & MASK]++;
      otherKeys[to] = keys[i];
      otherItems[to] = items[i];
    }
  }
}
