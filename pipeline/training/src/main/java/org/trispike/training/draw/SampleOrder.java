package org.trispike.training.draw;

import java.util.ArrayList;
import java.util.List;
import org.trispike.kernels.KeyedPermutation;
import org.trispike.kernels.KeyedRandom;

/**
 * The order of rows in an epoch: row groups are permuted, gathered into windows of at least so many
 * rows, and the rows of each window permuted. A pure function of (seed, epoch): executors have no
 * part in it, and any position can be asked for at once. A reader holds a window of row groups at a
 * time. O(row groups) memory an epoch.
 */
final class SampleOrder {
  private final long seed;
  private final int window;
  private final int[] shards;
  private final int[] groups;
  private final int[] rows;
  private final long size;
  private Epoch last;

  /**
   * @param rowGroups rows of each row group of each shard
   * @param window rows that are shuffled among each other, at least
   */
  SampleOrder(List<List<Integer>> rowGroups, long seed, int window) {
    this.seed = seed;
    this.window = window;
    List<int[]> all = new ArrayList<>();
    for (int s = 0; s < rowGroups.size(); s++) {
      for (int g = 0; g < rowGroups.get(s).size(); g++) {
        all.add(new int[] {s, g, rowGroups.get(s).get(g)});
      }
    }
    shards = all.stream().mapToInt(a -> a[0]).toArray();
    groups = all.stream().mapToInt(a -> a[1]).toArray();
    rows = all.stream().mapToInt(a -> a[2]).toArray();
    long sum = 0;
    for (int count : rows) {
      sum += count;
    }
    size = sum;
  }

  /** Rows in all. */
  long size() {
    return size;
  }

  /** The row at {@code position}, 0..size−1, of an epoch. */
  RowAddress at(long epoch, long position) {
    Epoch order = epoch(epoch);
    int w = place(order.windowStarts, position);
    long begin = order.windowStarts[w];
    KeyedPermutation within =
        new KeyedPermutation(
            order.windowStarts[w + 1] - begin, KeyedRandom.of(seed, epoch, w).nextLong());
    long shuffled = begin + within.apply(position - begin);
    int g = place(order.groupStarts, shuffled);
    int group = order.permuted[g];
    return new RowAddress(
        shards[group], groups[group], Math.toIntExact(shuffled - order.groupStarts[g]));
  }

  /** The last of {@code starts} that is not above {@code position}. */
  private static int place(long[] starts, long position) {
    int found = java.util.Arrays.binarySearch(starts, position);
    int place = found >= 0 ? found : -found - 2;
    while (place + 1 < starts.length && starts[place + 1] == position) {
      // Empty groups begin where the next one does.
      place++;
    }
    return place;
  }

  private synchronized Epoch epoch(long epoch) {
    if (last == null || last.epoch != epoch) {
      last = new Epoch(epoch);
    }
    return last;
  }

  /** The permuted row groups of one epoch, and where they and their windows begin. */
  private final class Epoch {
    private final long epoch;
    private final int[] permuted = new int[rows.length];
    private final long[] groupStarts = new long[rows.length + 1];
    private final long[] windowStarts;

    Epoch(long epoch) {
      this.epoch = epoch;
      KeyedPermutation permutation =
          new KeyedPermutation(rows.length, KeyedRandom.of(seed, epoch).nextLong());
      List<Long> windows = new ArrayList<>(List.of(0L));
      for (int i = 0; i < rows.length; i++) {
        permuted[i] = (int) permutation.apply(i);
        groupStarts[i + 1] = groupStarts[i] + rows[permuted[i]];
        if (groupStarts[i + 1] - windows.get(windows.size() - 1) >= window) {
          windows.add(groupStarts[i + 1]);
        }
      }
      if (windows.get(windows.size() - 1) < size) {
        windows.add(size);
      }
      windowStarts = windows.stream().mapToLong(Long::longValue).toArray();
    }
  }
}
