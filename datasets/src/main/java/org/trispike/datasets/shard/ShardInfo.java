package org.trispike.datasets.shard;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.trispike.datasets.Split;

/**
 * A shard as the manifest lists it.
 *
 * @param path relative to the dataset's folder, e.g. {@code shards/train-00000.parquet}
 * @param bytes the size of the file
 * @param sha256 of the file
 * @param rowGroups the rows of each row group, so that an order of reading needs no file open
 */
public record ShardInfo(
    String path, Split split, long rows, long bytes, String sha256, List<Integer> rowGroups)
    implements Serializable {
  public ShardInfo {
    Objects.requireNonNull(path);
    Objects.requireNonNull(split);
    Objects.requireNonNull(sha256);
    rowGroups = List.copyOf(rowGroups);
    if (rowGroups.stream().mapToLong(Integer::longValue).sum() != rows) {
      throw new IllegalArgumentException("Row groups of " + path + " do not add up to " + rows);
    }
  }
}
