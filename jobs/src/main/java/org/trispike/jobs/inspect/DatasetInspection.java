package org.trispike.jobs.inspect;

import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.Split;
import org.trispike.datasets.UserError;
import org.trispike.datasets.shard.Column;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.datasets.shard.EncodedImage;
import org.trispike.datasets.shard.ShardInfo;
import org.trispike.datasets.shard.ShardReader;
import org.trispike.datasets.shard.Triplet;

/** Datasets: their counts, and some rows with all that they hold. */
final class DatasetInspection {
  private static final int CATEGORIES = 20;

  private final Configuration conf;
  private final Inspection inspection;
  private final String dataset;
  private final int rows;
  private final String id;

  DatasetInspection(
      Configuration conf, Inspection inspection, String dataset, int rows, String id) {
    this.conf = conf;
    this.inspection = inspection;
    this.dataset = dataset;
    this.rows = rows;
    this.id = id;
  }

  void run() {
    DatasetManifest manifest = DatasetManifest.read(conf, dataset);
    inspection.line(
        "%s: %d shapes (%d train, %d validation, %d test) in %d shards, %.1f MB, points %s",
        manifest.id().substring(0, 12),
        manifest.rows(),
        manifest.rows(Split.TRAIN),
        manifest.rows(Split.VALIDATION),
        manifest.rows(Split.TEST),
        manifest.shards().size(),
        manifest.bytes() / 1e6,
        manifest.points().word());
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
    int left = id.isEmpty() ? rows : 1;
    for (ShardInfo shard : manifest.shards()) {
      if (left == 0) {
        return;
      }
      try (ShardReader reader =
          ShardReader.open(conf, DatasetManifest.path(dataset, shard), Column.all())) {
        for (Triplet row : reader) {
          if (left > 0 && (id.isEmpty() || row.id().equals(id))) {
            show(row);
            left--;
          }
        }
      }
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

  private void show(Triplet row) {
    inspection.line(
        "%s (%s, %s): %d points, %d pictures, %d vectors of pictures, %d of texts",
        row.id(),
        row.category().isEmpty() ? "no category" : row.category(),
        row.split().word(),
        row.points().points(),
        row.images().size(),
        row.imageEmbeddings().size(),
        row.textEmbeddings().size());
    row.texts().forEach(text -> inspection.line("  %s: %s", text.source(), text.text()));
    row.files().forEach(file -> inspection.line("  %s %s", file.sha256(), file.path()));
    if (inspection.exports()) {
      inspection.cloud(row.id(), row.points());
      for (int i = 0; i < row.images().size(); i++) {
        EncodedImage image = row.images().get(i);
        boolean png = image.bytes().length > 1 && image.bytes()[1] == 'P';
        inspection.write(row.id() + "-" + i + (png ? ".png" : ".jpg"), image.bytes());
      }
    }
  }
}
