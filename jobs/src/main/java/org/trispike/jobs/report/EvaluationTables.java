package org.trispike.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.trispike.jobs.ablation.AblationTable;

/** Accuracy and retrieval of {@code evaluation.json} as tables. */
final class EvaluationTables {
  private static final int CLASSES = 40;
  private static final List<String> RANKS = List.of("top1", "top3", "top5", "class_mean");

  private EvaluationTables() {}

  static List<Page.Table> of(JsonNode evaluation) {
    if (!evaluation.isObject()) {
      return List.of();
    }
    List<Page.Table> tables = new ArrayList<>();
    tables.add(accuracy(evaluation));
    if (evaluation.path("bank").isObject()) {
      tables.add(names(evaluation.path("bank")));
    }
    if (!evaluation.path("retrieval").isEmpty()) {
      tables.add(retrieval(evaluation.path("retrieval")));
    }
    if (!evaluation.path("classes").isEmpty()) {
      tables.add(classes(evaluation.path("classes")));
    }
    return tables;
  }

  private static Page.Table accuracy(JsonNode evaluation) {
    List<List<String>> rows = new ArrayList<>();
    List<Double> bars = new ArrayList<>();
    add(rows, bars, "zero-shot", evaluation.path("zero_shot"));
    add(rows, bars, "its ANN twin", evaluation.path("twin").path("zero_shot"));
    add(rows, bars, "nearest neighbour", evaluation.path("neighbour"));
    int classes = evaluation.path("classes").size();
    if (classes > 0) {
      rows.add(
          List.of(
              "guessing",
              guess(1, classes),
              guess(3, classes),
              guess(5, classes),
              guess(1, classes)));
      bars.add(1.0 / classes);
    }
    return new Page.Table(
        "Accuracy",
        note(evaluation),
        List.of("", "top-1", "top-3", "top-5", "class mean"),
        rows,
        bars);
  }

  private static void add(
      List<List<String>> rows, List<Double> bars, String name, JsonNode scores) {
    if (scores.isObject()) {
      List<String> row = new ArrayList<>(List.of(name));
      RANKS.forEach(rank -> row.add(Texts.percent(scores.path(rank))));
      rows.add(row);
      bars.add(Texts.number(scores.path("top1")));
    }
  }

  private static String guess(int tries, int classes) {
    return Texts.percent((double) Math.min(tries, classes) / classes);
  }

  private static String note(JsonNode evaluation) {
    JsonNode data = evaluation.path("data");
    StringBuilder note = new StringBuilder();
    note.append(Texts.count(evaluation.path("zero_shot").path("shapes"))).append(" shapes");
    if (data.path("source").isTextual()) {
      note.append(" of ").append(data.path("source").textValue());
    }
    note.append(", ").append(evaluation.path("classes").size()).append(" classes");
    counted(note, data.path("quarantined"), " could not be read");
    counted(note, data.path("unlabelled"), " have no class");
    int rotations = evaluation.path("rotations").asInt();
    if (rotations > 1) {
      note.append("; ").append(rotations).append(" rotations of each are averaged");
    }
    JsonNode references = evaluation.path("neighbour").path("references");
    if (references.isNumber()) {
      note.append(
          ". The nearest neighbour compares proportions and colours with "
              + Texts.count(references)
              + " labelled training shapes");
    }
    return note.append('.').toString();
  }

  private static void counted(StringBuilder note, JsonNode count, String what) {
    if (count.asLong() > 0) {
      note.append("; ").append(Texts.count(count)).append(what);
    }
  }

  private static Page.Table names(JsonNode bank) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode way : List.of(bank, bank.path("exact"))) {
      rows.add(
          List.of(
              rows.isEmpty() ? "search" : "all rows exactly",
              Texts.percent(way.path("top1")),
              Texts.percent(way.path("top3")),
              Texts.percent(way.path("top5"))));
    }
    return new Page.Table(
        "Open vocabulary",
        Texts.count(bank.path("shapes"))
            + " shapes whose category is among "
            + Texts.count(bank.path("names"))
            + " names of a bank. The search finds the first name of all rows for "
            + Texts.percent(bank.path("recall_at_1"))
            + " of "
            + Texts.count(bank.path("compared"))
            + " shapes.",
        List.of("", "top-1", "top-3", "top-5"),
        rows);
  }

  private static Page.Table retrieval(JsonNode retrieval) {
    List<List<String>> rows = new ArrayList<>();
    for (String side : List.of("text", "image")) {
      JsonNode scores = retrieval.path(side);
      if (scores.isObject()) {
        rows.add(
            List.of(
                side,
                Texts.percent(scores.path("r1")),
                Texts.percent(scores.path("r5")),
                Texts.percent(scores.path("r10")),
                Texts.count(scores.path("candidates"))));
      }
    }
    return new Page.Table(
        "Retrieval",
        "Of each shape its own text and its own picture are looked for.",
        List.of("", "first", "among 5", "among 10", "candidates"),
        rows);
  }

  private static Page.Table classes(JsonNode classes) {
    List<JsonNode> shown = new ArrayList<>();
    classes.forEach(one -> shown.add(one));
    shown.removeIf(one -> one.path("shapes").asLong() == 0);
    shown.sort(Comparator.comparingLong((JsonNode one) -> -one.path("shapes").asLong()));
    int left = Math.max(0, shown.size() - CLASSES);
    List<JsonNode> largest = new ArrayList<>(shown.subList(0, shown.size() - left));
    largest.sort(Comparator.comparingDouble((JsonNode one) -> -one.path("top1").asDouble()));
    List<List<String>> rows = new ArrayList<>();
    List<Double> bars = new ArrayList<>();
    for (JsonNode one : largest) {
      rows.add(
          List.of(
              one.path("name").asText(),
              Texts.count(one.path("shapes")),
              Texts.percent(one.path("top1"))));
      bars.add(one.path("top1").asDouble());
    }
    int without = classes.size() - shown.size();
    String note = left > 0 ? "The largest; " + left + " more are not shown. " : "";
    note += without == 1 ? "1 class has no shape here." : "";
    note += without > 1 ? without + " classes have no shape here." : "";
    return new Page.Table("Classes", note.strip(), List.of("class", "shapes", "top-1"), rows, bars);
  }

  static Page.Table ablation(AblationTable table) {
    List<AblationTable.Row> all = new ArrayList<>(table.rows());
    table.neighbour().ifPresent(all::add);
    return new Page.Table(
        "Ablation",
        "Zero-shot, " + Texts.count(table.rows().get(0).shapes()) + " shapes.",
        AblationTable.header(),
        all.stream().map(AblationTable::cells).toList(),
        all.stream().map(AblationTable.Row::top1).toList());
  }
}
