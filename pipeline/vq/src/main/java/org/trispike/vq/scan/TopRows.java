package org.trispike.vq.scan;

/**
 * The rows of largest sum so far, the lower of two rows of equal sums: a heap whose root is the
 * least.
 */
final class TopRows {
  private final int capacity;
  private final int[] sums;
  private final int[] rows;
  private int size;

  TopRows(int capacity) {
    this.capacity = capacity;
    this.sums = new int[capacity];
    this.rows = new int[capacity];
  }

  /** The sum that a row has to reach to be among the best. */
  int least() {
    return size < capacity ? 0 : sums[0];
  }

  /** In any order of the rows. */
  void offer(int row, int sum) {
    if (size < capacity) {
      sums[size] = sum;
      rows[size] = row;
      up(size++);
    } else if (sum > sums[0] || (sum == sums[0] && row < rows[0])) {
      sums[0] = sum;
      rows[0] = row;
      down(0);
    }
  }

  /** Best first; this heap is empty afterwards. */
  Candidates drain() {
    int[] best = new int[size];
    int[] sumsOfBest = new int[size];
    while (size > 0) {
      best[--size] = rows[0];
      sumsOfBest[size] = sums[0];
      sums[0] = sums[size];
      rows[0] = rows[size];
      down(0);
    }
    return new Candidates(best, sumsOfBest);
  }

  private boolean below(int a, int b) {
    return sums[a] < sums[b] || (sums[a] == sums[b] && rows[a] > rows[b]);
  }

  private void up(int i) {
    for (int parent = (i - 1) / 2; i > 0 && below(i, parent); parent = (i - 1) / 2) {
      swap(i, parent);
      i = parent;
    }
  }

  private void down(int i) {
    while (2 * i + 1 < size) {
      int child = 2 * i + 1;
      if (child + 1 < size && below(child + 1, child)) {
        child++;
      }
      if (!below(child, i)) {
        return;
      }
      swap(i, child);
      i = child;
    }
  }

  private void swap(int a, int b) {
    int sum = sums[a];
    sums[a] = sums[b];
    sums[b] = sum;
    int row = rows[a];
    rows[a] = rows[b];
    rows[b] = row;
  }
}
