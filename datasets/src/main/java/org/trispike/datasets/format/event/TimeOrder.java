package org.trispike.datasets.format.event;

/**
 * A stable order by time: a merge sort from the bottom up, in O(n log n) time and 8 bytes an event.
 * Recordings are out of order in a few places, so a merge of runs that follow each other is a copy.
 */
final class TimeOrder {
  private TimeOrder() {}

  /** The indices of the times, earliest first; those of equal times in the order given. */
  static int[] of(long[] micros) {
    int n = micros.length;
    int[] from = new int[n];
    int[] to = new int[n];
    for (int i = 0; i < n; i++) {
      from[i] = i;
    }
    for (long run = 1; run < n; run *= 2) {
      for (long start = 0; start < n; start += 2 * run) {
        int middle = (int) Math.min(start + run, n);
        int end = (int) Math.min(start + 2 * run, n);
        merge(micros, from, to, (int) start, middle, end);
      }
      int[] swap = from;
      from = to;
      to = swap;
    }
    return from;
  }

  private static void merge(long[] micros, int[] from, int[] to, int start, int middle, int end) {
    if (middle == end || micros[from[middle - 1]] <= micros[from[middle]]) {
      System.arraycopy(from, start, to, start, end - start);
      return;
    }
    int left = start;
    int right = middle;
    for (int i = start; i < end; i++) {
      boolean first = left < middle && (right == end || micros[from[left]] <= micros[from[right]]);
      to[i] = first ? from[left++] : from[right++];
    }
  }
}
