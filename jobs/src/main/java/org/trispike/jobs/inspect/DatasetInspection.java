package org.trispike.jobs.inspect;

import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.Split;
import org.trispike.datasets.UserError;
import org.trispike.datasets.row.Column;
import org.trispike.datasets.row.Row;
import org.trispike.datasets.row.RowKind;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.datasets.shard.ShardInfo;
import org.trispike.datasets.shard.ShardReader;

/** Datasets: their counts, and some rows with all that they hold. */
final class DatasetInspection {
  private static final int CATEGORIES = 20;

  private final Configuration conf;
  private final Inspection inspection;
  private final RowInspection rowInspection;
  private final String dataset;
  private final int rows;
  private final String id;

  DatasetInspection(
      Configuration conf, Inspection inspection, String dataset, int rows, String id) {
    this.conf = conf;
    this.inspection = inspection;
    this.rowInspection = new RowInspection(inspection);
    this.dataset = dataset;
    this.rows = rows;
    this.id = id;
  }

  void run() {
    DatasetManifest manifest = DatasetManifest.read(conf, dataset);
    inspection.line(
        "%s: %d %s (%d train, %d validation, %d test) in %d shards, %.1f MB",
        manifest.id().substring(0, 12),
        manifest.rows(),
        manifest.kind().noun(),
        manifest.rows(Split.TRAIN),
        manifest.rows(Split.VALIDATION),
        manifest.rows(Split.TEST),
        manifest.shards().size(),
        manifest.bytes() / 1e6);
    manifest
        .teacher()
        .ifPresent(
            teacher ->
                inspection.line(
                    "  vectors of %s, %d numbers each", teacher.id(), teacher.dimension()));
    if (!manifest.quarantine().isEmpty()) {
      inspection.line("  in quarantine: %s", manifest.quarantine());
    }
    inspection.line("  categories: %s", categories(manifest));
    if (!manifest.classes().isEmpty()) {
      inspection.line("  classes: %s", manifest.classes());
    }
    int left = id.isEmpty() ? rows : 1;
    for (ShardInfo shard : manifest.shards()) {
      if (left == 0) {
        return;
      }
      left -= show(conf, shard, manifest.kind(), left);
    }
    if (left > 0 && !id.isEmpty()) {
      throw UserError.data(dataset + " has no row '" + id + "'");
    }
  }

  private static String categories(DatasetManifest manifest) {
    String most =
        manifest.categories().entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
            .limit(CATEGORIES)
            .map(
                entry ->
                    (entry.getKey().isEmpty() ? "none" : entry.getKey()) + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    int others = manifest.categories().size() - CATEGORIES;
    return others > 0 ? most + " and " + others + " more" : most;
  }

  /** Shows up to so many rows of a shard, and says how many those were. */
  private <R extends Row> int show(Configuration conf, ShardInfo shard, RowKind<R> kind, int most) {
    int shown = 0;
    try (ShardReader<R> reader =
        ShardReader.open(conf, DatasetManifest.path(dataset, shard), kind, Column.all())) {
      for (R row : reader) {
        if (shown < most && (id.isEmpty() || row.id().equals(id))) {
          rowInspection.show(row);
          shown++;
        }
      }
    }
    return shown;
  }
}
