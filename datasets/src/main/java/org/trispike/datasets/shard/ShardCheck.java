package org.trispike.datasets.shard;

import java.io.Serializable;
import java.util.Objects;

/**
 * What was found in a shard.
 *
 * @param path of the shard in its dataset
 * @param rows that were read
 * @param points of all rows
 * @param images of all rows
 * @param texts of all rows
 * @param vectors of a teacher, of all rows
 * @param fault what is wrong, in a sentence that names the shard, or ""
 */
record ShardCheck(
    String path, long rows, long points, long images, long texts, long vectors, String fault)
    implements Serializable {
  ShardCheck {
    Objects.requireNonNull(path);
    Objects.requireNonNull(fault);
  }

  static ShardCheck broken(String path, String fault) {
    return new ShardCheck(path, 0, 0, 0, 0, 0, fault);
  }
}
