package org.trispike.datasets.shard;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.trispike.datasets.Split;
import org.trispike.datasets.source.InputRow;
import org.trispike.datasets.source.SplitRule;

/**
 * Which rows make a shard. The rows of a split are ordered by a keyed hash of their ids, so that
 * neighbours in the input do not stay neighbours, and cut into shards of nearly equal size: a
 * function of the ids and the key alone. Rows of one container stay together, as it is opened for
 * each shard anew.
 */
record ShardPlan(String path, Split split, List<InputRow> rows) implements Serializable {
  ShardPlan {
    rows = List.copyOf(rows);
  }

  static List<ShardPlan> of(List<InputRow> rows, int shardRows, long seed) {
    List<ShardPlan> plans = new ArrayList<>();
    for (Split split : Split.values()) {
      List<InputRow> sorted =
          new ArrayList<>(rows.stream().filter(row -> row.split() == split).toList());
      sorted.sort(
          Comparator.comparing(InputRow::container)
              .thenComparingLong(row -> SplitRule.hash(row.id(), ~seed))
              .thenComparing(InputRow::id));
      int shards = (sorted.size() + shardRows - 1) / shardRows;
      for (int i = 0; i < shards; i++) {
        int from = (int) ((long) sorted.size() * i / shards);
        int to = (int) ((long) sorted.size() * (i + 1) / shards);
        plans.add(
            new ShardPlan(
                String.format(Locale.ROOT, "shards/%s-%05d.parquet", split.word(), i),
                split,
                sorted.subList(from, to)));
      }
    }
    return plans;
  }
}
