package org.trispike.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.Split;
import org.trispike.datasets.row.PointLayout;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.datasets.shard.ShardInfo;

final class DataTablesTest {

  @Test
  void addsUpSplitsAndOrdersCategoriesBySize() {
    DatasetManifest manifest =
        new DatasetManifest(
            PointLayout.QUANTISED,
            Optional.empty(),
            List.of(
                shard("a", Split.TRAIN, 3, 1_000_000),
                shard("b", Split.TRAIN, 2, 500_000),
                shard("c", Split.VALIDATION, 1, 100_000)),
            new TreeMap<>(Map.of("EMPTY", 2L)),
            new TreeMap<>(Map.of("bed", 1L, "chair", 5L)),
            new TreeMap<>());

    List<Page.Table> tables = DataTables.of(manifest);

    assertThat(tables)
        .extracting(Page.Table::title)
        .containsExactly("Splits", "Categories", "Quarantine");
    assertThat(tables.get(0).rows())
        .containsExactly(List.of("train", "5", "2", "1.5"), List.of("validation", "1", "1", "0.1"));
    assertThat(tables.get(1).rows()).containsExactly(List.of("chair", "5"), List.of("bed", "1"));
    assertThat(tables.get(1).bars()).containsExactly(1.0, 0.2);
    assertThat(tables.get(2).rows()).containsExactly(List.of("EMPTY", "2"));
  }

  private static ShardInfo shard(String name, Split split, int rows, long bytes) {
    return new ShardInfo(name, split, rows, bytes, "0".repeat(64), List.of(rows));
  }
}
