package org.trispike.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a training took and what it chose, as tables. */
final class TrainingTables {
  private static final Map<String, String> SHARES =
      Map.of(
          "compute", "encoder",
          "loss", "loss",
          "dl4j", "DL4J",
          "reading", "reading and drawing",
          "spark", "Spark, averages, waiting");

  private TrainingTables() {}

  /**
   * @param lines of the metrics, a round each
   * @param result what a finished training left; the missing node before
   */
  static List<Page.Table> of(List<JsonNode> lines, JsonNode result) {
    if (lines.isEmpty()) {
      return List.of();
    }
    List<Page.Table> tables = new ArrayList<>();
    tables.add(facts(lines, result));
    JsonNode last = lines.get(lines.size() - 1);
    JsonNode share = result.has("share") ? result.path("share") : last.path("share");
    if (share.isObject()) {
      tables.add(shares(share));
    }
    return tables;
  }

  private static Page.Table facts(List<JsonNode> lines, JsonNode result) {
    JsonNode last = lines.get(lines.size() - 1);
    double seconds = 0;
    for (JsonNode line : lines) {
      double round = Texts.number(line.path("seconds"));
      seconds += Double.isFinite(round) ? round : 0;
    }
    double samples = Texts.number(last.path("samples"));
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("epochs", Texts.format("%.1f", Texts.number(last.path("epoch")))));
    rows.add(List.of("averaging rounds", Texts.count(last.path("round"))));
    rows.add(List.of("samples seen", Texts.count(last.path("samples"))));
    rows.add(List.of("time in rounds", Texts.duration(seconds)));
    rows.add(List.of("samples a second", Texts.digits(samples / seconds)));
    if (result.path("ended_early").asBoolean()) {
      rows.add(List.of("ended early", "no better validation score"));
    }
    if (result.isObject()) {
      rows.add(List.of("chosen checkpoint", result.path("chosen").asText(Texts.UNKNOWN)));
      rows.add(List.of("its validation score", Texts.percent(result.path("score"))));
    }
    String note = result.isObject() ? "" : "Not finished: the same command goes on from here";
    return new Page.Table("Course", note, List.of("", ""), rows);
  }

  private static Page.Table shares(JsonNode share) {
    List<List<String>> rows = new ArrayList<>();
    List<Double> bars = new ArrayList<>();
    share
        .fields()
        .forEachRemaining(
            field -> {
              String name = SHARES.getOrDefault(field.getKey(), field.getKey());
              rows.add(List.of(name, Texts.percent(field.getValue())));
              bars.add(Texts.number(field.getValue()));
            });
    return new Page.Table(
        "Where a second of training goes", "", List.of("part", "share"), rows, bars);
  }
}
