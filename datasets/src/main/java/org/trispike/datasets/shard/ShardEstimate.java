package org.trispike.datasets.shard;

import java.util.List;
import java.util.Objects;

/**
 * What a run of {@link ShardAction} would make and take, extrapolated from a few rows.
 *
 * @param shardRows rows of each shard
 * @param sampled rows that were made to measure, and thrown away
 * @param bad those of them that cannot be used
 * @param fault what is wrong with the first of these, or ""
 * @param bytesPerRow in a shard, 0 if no row could be used
 * @param secondsPerRow of one core, with the files in the page cache
 * @param rowGroupBytes the size at which a row group ends
 */
public record ShardEstimate(
    List<Integer> shardRows,
    int sampled,
    int bad,
    String fault,
    double bytesPerRow,
    double secondsPerRow,
    long rowGroupBytes) {
  public ShardEstimate {
    shardRows = List.copyOf(shardRows);
    Objects.requireNonNull(fault);
  }

  public int shards() {
    return shardRows.size();
  }

  /** Rows of the largest shard. */
  public int largest() {
    return shardRows.stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  /** Of all shards. */
  public long bytes() {
    return Math.round(rows() * bytesPerRow);
  }

  /** A row group ends with the row with which it reaches its size. */
  public int rowsPerGroup() {
    return bytesPerRow == 0
        ? 0
        : (int) Math.min(Math.ceil(rowGroupBytes / bytesPerRow), Math.max(1, largest()));
  }

  public long rowGroups() {
    int group = rowsPerGroup();
    return group == 0 ? 0 : shardRows.stream().mapToLong(rows -> (rows + group - 1) / group).sum();
  }

  /** The time until the last of the tasks ends, which take as long as their shards are large. */
  public double seconds(int cores) {
    long[] busy = new long[cores];
    for (int rows : shardRows.stream().sorted((a, b) -> b - a).toList()) {
      int free = 0;
      for (int core = 1; core < cores; core++) {
        free = busy[core] < busy[free] ? core : free;
      }
      busy[free] += rows;
    }
    long last = 0;
    for (long rows : busy) {
      last = Math.max(last, rows);
    }
    return last * secondsPerRow;
  }

  private long rows() {
    return shardRows.stream().mapToLong(Integer::longValue).sum();
  }
}
