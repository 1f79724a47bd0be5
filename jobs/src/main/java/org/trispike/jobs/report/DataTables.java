package org.trispike.jobs.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.trispike.datasets.Split;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.datasets.shard.ShardInfo;

/** What the manifest of a dataset says, as tables. */
final class DataTables {
  private static final int CATEGORIES = 40;

  private DataTables() {}

  static List<Page.Table> of(DatasetManifest manifest) {
    List<Page.Table> tables = new ArrayList<>();
    tables.add(splits(manifest));
    if (!manifest.categories().isEmpty()) {
      tables.add(categories(manifest));
    }
    if (!manifest.quarantine().isEmpty()) {
      tables.add(quarantine(manifest));
    }
    return tables;
  }

  private static Page.Table splits(DatasetManifest manifest) {
    List<List<String>> rows = new ArrayList<>();
    for (Split split : Split.values()) {
      if (manifest.rows(split) > 0) {
        long bytes = manifest.shards(split).stream().mapToLong(ShardInfo::bytes).sum();
        rows.add(
            List.of(
                split.word(),
                Long.toString(manifest.rows(split)),
                Integer.toString(manifest.shards(split).size()),
                String.format(Locale.ROOT, "%.1f", bytes / 1e6)));
      }
    }
    String note = "Dataset " + manifest.id().substring(0, 12);
    if (manifest.teacher().isPresent()) {
      note += ", vectors of " + manifest.teacher().get().id();
    }
    String retrieval = manifest.provenance().get("teacher.retrieval");
    if (retrieval != null) {
      note += "; " + retrieval;
    }
    return new Page.Table("Splits", note, List.of("split", "shapes", "shards", "MB"), rows);
  }

  private static Page.Table categories(DatasetManifest manifest) {
    List<Map.Entry<String, Long>> sorted = new ArrayList<>(manifest.categories().entrySet());
    sorted.sort(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()));
    long most = sorted.get(0).getValue();
    List<List<String>> rows = new ArrayList<>();
    List<Double> bars = new ArrayList<>();
    for (Map.Entry<String, Long> category :
        sorted.subList(0, Math.min(CATEGORIES, sorted.size()))) {
      String name = category.getKey().isEmpty() ? "(none)" : category.getKey();
      rows.add(List.of(name, category.getValue().toString()));
      bars.add((double) category.getValue() / most);
    }
    int left = sorted.size() - rows.size();
    String note = left > 0 ? "The largest; " + left + " more are not shown" : "";
    return new Page.Table("Categories", note, List.of("category", "shapes"), rows, bars);
  }

  private static Page.Table quarantine(DatasetManifest manifest) {
    List<List<String>> rows = new ArrayList<>();
    manifest
        .quarantine()
        .forEach((reason, count) -> rows.add(List.of(reason, Long.toString(count))));
    return new Page.Table(
        "Quarantine",
        "Rows that were left out; quarantine/ of the dataset lists them",
        List.of("reason", "rows"),
        rows);
  }
}
