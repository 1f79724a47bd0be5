package org.trispike.datasets.shard;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
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
  /** Names without a way out: whoever writes a shard of a manifest writes to its path. */
  private static final Pattern PATH =
      Pattern.compile("(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*");

  public ShardInfo {
    Objects.requireNonNull(path);
    Objects.requireNonNull(split);
    Objects.requireNonNull(sha256);
    rowGroups = List.copyOf(rowGroups);
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException("'" + path + "' is no path of a shard");
    }
    if (rowGroups.stream().mapToLong(Integer::longValue).sum() != rows) {
      throw new IllegalArgumentException("Row groups of " + path + " do not add up to " + rows);
    }
  }
}
