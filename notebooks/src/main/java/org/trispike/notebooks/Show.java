package org.trispike.notebooks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.trispike.datasets.format.Images;
import org.trispike.datasets.geometry.PointCloud;
import org.trispike.datasets.geometry.ViewRenderer;
import org.trispike.datasets.row.EncodedImage;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.jobs.report.Fragments;
import org.trispike.spiking.EnergyMeter;
import org.trispike.spiking.Ranked;

/** Artefacts as a notebook shows them: the last expression of a cell is what is seen below it. */
public final class Show {
  private static final int CLOUD_PIXELS = 320;

  private Show() {}

  public static Shown table(String title, List<String> header, List<List<String>> rows) {
    return Shown.html(title + ": " + rows.size() + " rows", Fragments.table(title, header, rows));
  }

  /** Rows of each split, a histogram of the categories, and what was left out. */
  public static Shown dataset(DatasetManifest manifest) {
    return Shown.html(manifest.rows() + " " + manifest.kind().noun(), Fragments.dataset(manifest));
  }

  public static Shown cloud(PointCloud cloud) {
    return Shown.png(
        cloud.points() + " points", Images.png(ViewRenderer.render(cloud, 1, CLOUD_PIXELS).get(0)));
  }

  public static Shown pictures(List<EncodedImage> images) {
    return Shown.html(images.size() + " pictures", Fragments.pictures(images));
  }

  /**
   * Curves over the epochs.
   *
   * @param rounds the lines of {@code metrics.jsonl}
   * @param fields of the lines, a curve each; a dot leads into a field of a field
   */
  public static Shown curves(String title, List<JsonNode> rounds, String... fields) {
    return Shown.html(
        title + ": " + rounds.size() + " rounds", Fragments.curves(title, rounds, List.of(fields)));
  }

  public static Shown ranking(String title, List<Ranked> ranked) {
    return Shown.html(title + ": " + ranked.size() + " classes", Fragments.ranking(title, ranked));
  }

  /** What each layer did and cost. */
  public static Shown energy(EnergyMeter meter) {
    return Shown.html(meter.layers().size() + " layers", Fragments.energy(meter));
  }
}
