package org.trispike.kernels;

/**
 * Numbers the distinct keys of a list in rising order: by {@link Occupancy} where they are dense
 * enough, by sorting otherwise. Both give the same. Not for concurrent use.
 */
final class DistinctKeys {
  private final RadixSort sort = new RadixSort();
  private final Occupancy cells = new Occupancy();

  /**
   * Numbers {@code keys[0..n)}.
   *
   * @param bits of a key that count
   * @param distinct takes the distinct keys from position {@code count} on
   * @param numbers takes at {@code first + i} where in {@code distinct} key i stands
   * @return the position behind the last of the distinct keys
   */
  int number(long[] keys, int n, int bits, long[] distinct, int count, int[] numbers, int first) {
    return Occupancy.pays(bits, n)
        ? mark(keys, n, bits, distinct, count, numbers, first)
        : sort(keys, n, bits, distinct, count, numbers, first);
  }

  /** The cells of the last keys, or anybody else's until the next. */
  Occupancy cells() {
    return cells;
  }

  private int mark(
      long[] keys, int n, int bits, long[] distinct, int count, int[] numbers, int first) {
    cells.open(bits);
    cells.add(keys, 0, n);
    int end = count + cells.rank();
    for (int i = 0; i < n; i++) {
      int number = count + cells.rankOf(keys[i]);
      numbers[first + i] = number;
      // Again and again the same; to look for the bits that are set would be mispredicted.
      distinct[number] = keys[i];
    }
    return end;
  }

  private int sort(
      long[] keys, int n, int bits, long[] distinct, int count, int[] numbers, int first) {
    sort.sort(keys, n, bits, first);
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
