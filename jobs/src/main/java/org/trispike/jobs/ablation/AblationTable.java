package org.trispike.jobs.ablation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the variants of an ablation came to, read from the {@code evaluation.json} of each.
 *
 * @param rows in the order in which they are shown
 * @param neighbour what a plain nearest neighbour reaches on the same shapes, where that is known
 */
public record AblationTable(List<Row> rows, Optional<Row> neighbour) {
  /** Where the variants lie, relative to the folder of the run. */
  public static final String FOLDER = "ablation";

  private static final String EVALUATION = "/evaluation/evaluation.json";

  public AblationTable {
    rows = List.copyOf(rows);
  }

  /**
   * A line of the table; NaN for what is not known.
   *
   * @param shapes that were classified
   * @param energy in mJ a shape
   */
  public record Row(
      String title, long shapes, double top1, double top5, double classMean, double energy) {}

  /**
   * Reads those of the variants that are finished.
   *
   * @param json the object in a file of the run folder; the missing node if there is none
   */
  public static AblationTable read(List<Variant> variants, Function<String, JsonNode> json) {
    List<Row> rows = new ArrayList<>();
    Optional<Row> neighbour = Optional.empty();
    for (Variant variant : variants) {
      JsonNode evaluation = json.apply(variant.folder() + EVALUATION);
      if (evaluation.isMissingNode()) {
        continue;
      }
      double energy = number(evaluation.path("energy").path("energy_mj_per_shape"));
      rows.add(row(variant.title(), evaluation.path("zero_shot"), energy));
      JsonNode plain = evaluation.path("neighbour");
      if (neighbour.isEmpty() && plain.isObject()) {
        neighbour = Optional.of(row("nearest neighbour", plain, Double.NaN));
      }
    }
    return new AblationTable(rows, neighbour);
  }

  private static Row row(String title, JsonNode scores, double energy) {
    return new Row(
        title,
        scores.path("shapes").asLong(),
        number(scores.path("top1")),
        number(scores.path("top5")),
        number(scores.path("class_mean")),
        energy);
  }

  private static double number(JsonNode node) {
    return node.isNumber() ? node.doubleValue() : Double.NaN;
  }

  /** The names of the columns. */
  public static List<String> header() {
    return List.of("variant", "top-1", "top-5", "class mean", "mJ a shape");
  }

  /** The texts of a row, a column each. */
  public static List<String> cells(Row row) {
    return List.of(
        row.title(),
        percent(row.top1()),
        percent(row.top5()),
        percent(row.classMean()),
        Double.isNaN(row.energy()) ? "–" : String.format(Locale.ROOT, "%.4f", row.energy()));
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** The table in Markdown, with the nearest neighbour as its last row. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    line(text, header());
    text.append("|:---|---:|---:|---:|---:|\n");
    rows.forEach(row -> line(text, cells(row)));
    neighbour.ifPresent(row -> line(text, cells(row)));
    if (!rows.isEmpty()) {
      text.append("\nZero-shot, ").append(rows.get(0).shapes()).append(" shapes.");
      neighbour.ifPresent(
          row ->
              text.append(
                  " The nearest neighbour compares proportions and colours of labelled training"
                      + " shapes; it is no zero-shot method."));
      text.append('\n');
    }
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
