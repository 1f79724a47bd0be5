package org.trispike.datasets.shard;

import java.io.Serializable;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What was found in a shard.
 *
 * @param path of the shard in its dataset
 * @param rows that were read
 * @param counts of what they hold, e.g. of points
 * @param fault what is wrong, in a sentence that names the shard, or ""
 */
record ShardCheck(String path, long rows, TreeMap<String, Long> counts, String fault)
    implements Serializable {
  ShardCheck {
    Objects.requireNonNull(path);
    counts = new TreeMap<>(counts);
    Objects.requireNonNull(fault);
  }

  static ShardCheck broken(String path, String fault) {
    return new ShardCheck(path, 0, new TreeMap<>(), fault);
  }
}
