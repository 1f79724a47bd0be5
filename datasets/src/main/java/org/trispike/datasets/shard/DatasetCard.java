package org.trispike.datasets.shard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.Split;
import org.trispike.datasets.row.Column;
import org.trispike.datasets.row.EncodedImage;
import org.trispike.datasets.row.Row;
import org.trispike.datasets.row.RowKind;
import org.trispike.datasets.store.ArtefactFolder;

/**
 * A page about a dataset, for people: {@code README.md} in its folder, with counts, how many rows
 * each category has, what it was made of, and pictures of a few rows in {@code samples/}.
 */
final class DatasetCard {
  private static final String FILE = "README.md";
  private static final String SAMPLES = "samples";

  private static final int SHOWN = 6;
  private static final int CATEGORIES = 40;
  private static final int BAR = 40;

  private final StringBuilder page = new StringBuilder();
  private final DatasetManifest manifest;

  private DatasetCard(DatasetManifest manifest) {
    this.manifest = manifest;
  }

  /** Writes the card of a dataset whose shards are in place. */
  static void write(Configuration conf, ArtefactFolder folder, DatasetManifest manifest)
      throws IOException {
    DatasetCard card = new DatasetCard(manifest);
    card.counts();
    card.samples(card.samples(conf, folder, manifest.kind()));
    card.histogram();
    card.origin();
    folder.write(FILE, card.page.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void line(String format, Object... values) {
    page.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private void counts() {
    line("# A dataset of %d %s", manifest.rows(), manifest.kind().noun());
    line("");
    line(
        "%d shards, %.1f MB, id `%s`. `trispike verify` reads all of it again; `trispike inspect`"
            + " shows rows.",
        manifest.shards().size(), manifest.bytes() / 1e6, manifest.id().substring(0, 12));
    line("");
    line("| split | %s | shards |", manifest.kind().noun());
    line("|---|---|---|");
    for (Split split : Split.values()) {
      line("| %s | %d | %d |", split.word(), manifest.rows(split), manifest.shards(split).size());
    }
    if (!manifest.quarantine().isEmpty()) {
      line("");
      line("Left out, and listed in `quarantine/`: %s.", manifest.quarantine());
    }
  }

  /**
   * Pictures of the first rows of a shard, best of the training split: those come in a keyed order,
   * so they are a sample.
   */
  private <R extends Row> List<String> samples(
      Configuration conf, ArtefactFolder folder, RowKind<R> kind) throws IOException {
    List<String> entries = new ArrayList<>();
    List<ShardInfo> training = manifest.shards(Split.TRAIN);
    ShardInfo first = (training.isEmpty() ? manifest.shards() : training).get(0);
    try (ShardReader<R> reader =
        ShardReader.open(conf, folder.path(first.path()), kind, Column.all())) {
      for (R row : reader) {
        if (entries.size() == SHOWN) {
          break;
        }
        EncodedImage picture = SamplePicture.of(row);
        String name =
            String.format(
                Locale.ROOT, "%s/%d.%s", SAMPLES, entries.size() + 1, picture.extension());
        folder.write(name, picture.bytes());
        entries.add(String.format(Locale.ROOT, "![](%s) `%s`", name, row.id().replace('`', '\'')));
      }
    }
    return entries;
  }

  private void samples(List<String> entries) {
    if (!entries.isEmpty()) {
      line("");
      line("## A few of them");
      entries.forEach(entry -> line("%n%s", entry));
    }
  }

  private void histogram() {
    List<Map.Entry<String, Long>> largest =
        manifest.categories().entrySet().stream()
            .filter(entry -> !entry.getKey().isEmpty())
            .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
            .toList();
    if (!largest.isEmpty()) {
      line("");
      line("## Categories");
      line("");
      long most = largest.get(0).getValue();
      line("```");
      for (Map.Entry<String, Long> entry :
          largest.subList(0, Math.min(CATEGORIES, largest.size()))) {
        int bar = (int) Math.max(1, BAR * entry.getValue() / most);
        String name = entry.getKey().replace('\n', ' ').replace('`', '\'');
        line("%-24s %8d %s", name, entry.getValue(), "#".repeat(bar));
      }
      line("```");
      if (largest.size() > CATEGORIES) {
        line("");
        line("… and %d more.", largest.size() - CATEGORIES);
      }
    }
    if (!manifest.classes().isEmpty()) {
      line("");
      line("## Classes of points and pixels");
      line("");
      line("`%s`", manifest.classes().toString().replace('`', '\''));
    }
  }

  private void origin() {
    line("");
    line("## How it was made");
    line("");
    line("```");
    manifest
        .provenance()
        .forEach((key, value) -> line("%s = %s", key, value.replace("```", "'''")));
    line("```");
  }
}
