package org.trispike.datasets.shard;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.trispike.datasets.source.BadRow;

/**
 * What became of a shard.
 *
 * @param written the committed file, or null where no row was usable
 * @param bad the rows that were left out
 * @param categories rows by category
 * @param rates what it took
 */
record ShardOutcome(
    ShardInfo written, List<BadRow> bad, TreeMap<String, Long> categories, ShardRates rates)
    implements Serializable {

  Optional<ShardInfo> shard() {
    return Optional.ofNullable(written);
  }

  static SortedMap<String, Long> categories(List<ShardOutcome> outcomes) {
    SortedMap<String, Long> sum = new TreeMap<>();
    outcomes.forEach(o -> o.categories().forEach((name, n) -> sum.merge(name, n, Long::sum)));
    return sum;
  }
}
