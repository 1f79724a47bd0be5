package org.trispike.kernels;

/** Sorts keys together with an index by bytes, least significant first: stable and O(n). */
final class RadixSort {
  private long[] keys = new long[0];
  private int[] items = new int[0];
  private long[] otherKeys = new long[0];
  private int[] otherItems = new int[0];
  private final int[] count = new int[257];

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

  /** Sorts the first {@code n} entries by key, all of which are in 0..maxKey. */
  void sort(int n, long maxKey) {
    for (int shift = 0; shift < 64 && maxKey >>> shift != 0; shift += 8) {
      java.util.Arrays.fill(count, 0);
      for (int i = 0; i < n; i++) {
        count[(int) (keys[i] >>> shift & 0xff) + 1]++;
      }
      for (int b = 0; b < 256; b++) {
        count[b + 1] += count[b];
      }
      for (int i = 0; i < n; i++) {
        int place = count[(int) (keys[i] >>> shift & 0xff)]++;
        otherKeys[place] = keys[i];
        otherItems[place] = items[i];
      }
      long[] k = keys;
      keys = otherKeys;
      otherKeys = k;
      int[] t = items;
      items = otherItems;
      otherItems = t;
    }
  }
}
