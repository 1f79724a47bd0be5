package org.trispike.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.trispike.datasets.row.EncodedImage;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.spiking.EnergyMeter;
import org.trispike.spiking.LayerEnergy;
import org.trispike.spiking.Ranked;

/**
 * Parts of the report as markup of their own, for pages that are not ours, such as a notebook. Each
 * brings the report's style along, which reaches no further than itself; none has a script.
 */
public final class Fragments {
  private static final String CLASS = "trispike";

  /** Takes back what notebooks do to tables: text to the right, stripes in their colours. */
  private static final String OURS =
      "td, th { text-align: left; }\ntable tr:nth-child(n) { background: none; }\n"
          + "figure.chart { max-width: 560px; }\n";

  private Fragments() {}

  /** What a manifest says: rows of each split, categories with their bars, quarantine. */
  public static String dataset(DatasetManifest manifest) {
    return fragment(
        html -> {
          html.open("div", "class", "two");
          DataTables.of(manifest).forEach(table -> Tables.write(html, table));
          html.close();
        });
  }

  /**
   * Any table.
   *
   * @param rows of as many cells as the header has
   */
  public static String table(String title, List<String> header, List<List<String>> rows) {
    return table(new Page.Table(title, "", header, rows));
  }

  /**
   * Curves over the epochs.
   *
   * @param lines of {@code metrics.jsonl}
   * @param fields of the lines, a curve each; one that no line has draws nothing
   */
  public static String curves(String title, List<JsonNode> lines, List<String> fields) {
    List<Series> series =
        fields.stream()
            .map(field -> MetricCharts.series(lines, field, "/" + field.replace('.', '/'), 1))
            .toList();
    return fragment(html -> Chart.write(html, title, "epoch", series));
  }

  /** The classes of a shape, best first, with bars of what the model believes. */
  public static String ranking(String title, List<Ranked> ranked) {
    List<List<String>> rows = new ArrayList<>();
    for (Ranked one : ranked) {
      rows.add(
          List.of(
              one.name(),
              String.format(Locale.ROOT, "%.3f", one.score()),
              Texts.percent(one.probability())));
    }
    List<Double> bars = ranked.stream().map(one -> (double) one.probability()).toList();
    return table(new Page.Table(title, "", List.of("class", "cosine", "probability"), rows, bars));
  }

  /** What each layer cost, as means of the samples that the meter has seen. */
  public static String energy(EnergyMeter meter) {
    double samples = Math.max(1, meter.samples());
    List<List<String>> rows = new ArrayList<>();
    List<Double> energies = new ArrayList<>();
    for (LayerEnergy layer : meter.layers()) {
      double microjoules = 1e3 * layer.millijoules() / samples;
      rows.add(
          List.of(
              layer.name(),
              Texts.format("%.3f", layer.rate()),
              Texts.large(layer.macs() / samples),
              Texts.large(layer.accumulates() / samples),
              Texts.digits(microjoules)));
      energies.add(microjoules);
    }
    return table(
        new Page.Table(
            "Layers",
            "Means of a view; the bars compare with the layer that costs most.",
            List.of("layer", "mean integer", "MAC", "AC", "µJ"),
            rows,
            EnergyTables.shares(energies)));
  }

  /** Pictures side by side, in the file itself. */
  public static String pictures(List<EncodedImage> images) {
    return fragment(
        html -> {
          for (EncodedImage image : images) {
            String type = image.extension().equals("png") ? "image/png" : "image/jpeg";
            String bytes = Base64.getEncoder().encodeToString(image.bytes());
            html.empty("img", "alt", image.view(), "src", "data:" + type + ";base64," + bytes);
          }
        });
  }

  private static String table(Page.Table table) {
    return fragment(html -> Tables.write(html, table));
  }

  private static String fragment(Consumer<Html> content) {
    Html html = new Html();
    html.open("div", "class", CLASS).open("style").raw(style()).close();
    content.accept(html);
    return html.close().toString();
  }

  /** The style of the page, nested, so that it styles nothing else on a page of others. */
  private static String style() {
    String page =
        PageWriter.resource("style.css").replace(":root {", "& {").replace("body {", "& {");
    return "." + CLASS + " {\n" + OURS + page + "}";
  }
}
