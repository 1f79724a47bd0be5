package org.trispike.training.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of {@code evaluation.json} in words, the one asked for most first. */
final class Sentences {
  private Sentences() {}

  /**
   * @throws IllegalArgumentException if a field is missing
   */
  static List<String> of(JsonNode root) {
    List<String> lines = new ArrayList<>();
    JsonNode data = root.required("data");
    lines.add(zeroShot(root, data));
    JsonNode neighbour = root.path("neighbour");
    if (!neighbour.isMissingNode()) {
      lines.add(
          "nearest neighbour on proportions and colours: "
              + figures(neighbour)
              + text(" (%d references)", neighbour.required("references").asLong()));
    }
    JsonNode twin = root.path("twin");
    if (!twin.isMissingNode()) {
      lines.add(
          twin.required("model").required("activation").asText()
              + " twin: "
              + figures(twin.required("zero_shot"))
              + "; "
              + joules(twin.required("energy_mj_per_shape"))
              + " a shape");
    }
    root.path("retrieval")
        .fields()
        .forEachRemaining(f -> lines.add(retrieval(f.getKey(), f.getValue())));
    JsonNode bank = root.path("bank");
    if (!bank.isMissingNode()) {
      lines.add(names(bank));
    }
    lines.add(energy(root.required("energy")));
    if (data.required("quarantined").asLong() > 0) {
      lines.add(
          text("%d rows could not be used and were left out", data.get("quarantined").asLong()));
    }
    return lines;
  }

  private static String zeroShot(JsonNode root, JsonNode data) {
    JsonNode figures = root.required("zero_shot");
    long shapes = figures.required("shapes").asLong();
    String where = data.required("source").asText();
    if (shapes == 0) {
      return text(
          "no accuracy: none of %d shapes is of one of %d classes (%s)",
          data.required("shapes").asLong(), root.required("classes").size(), where);
    }
    int rotations = root.required("rotations").asInt();
    return "zero-shot "
        + figures(figures)
        + text(
            " over %d shapes of %d classes (%s%s)",
            shapes,
            root.required("classes").size(),
            where,
            rotations == 1 ? "" : ", mean of " + rotations + " views");
  }

  private static String figures(JsonNode figures) {
    return text(
        "top-1 %.1f %%, top-3 %.1f %%, top-5 %.1f %%, class mean %.1f %%",
        percent(figures, "top1"),
        percent(figures, "top3"),
        percent(figures, "top5"),
        percent(figures, "class_mean"));
  }

  private static String retrieval(String what, JsonNode side) {
    return text(
        "retrieval of own %s: R@1 %.1f %%, R@5 %.1f %%, R@10 %.1f %% of %d shapes among %d"
            + " candidates",
        what.equals("text") ? "texts" : "pictures",
        percent(side, "r1"),
        percent(side, "r5"),
        percent(side, "r10"),
        side.required("shapes").asLong(),
        side.required("candidates").asLong());
  }

  private static String names(JsonNode bank) {
    JsonNode exact = bank.required("exact");
    return text(
        "open vocabulary: top-1 %.1f %%, top-3 %.1f %%, top-5 %.1f %% over %d shapes whose category"
            + " is among %d names; by all rows exactly %.1f, %.1f, %.1f %%; recall@1 of the search"
            + " %.3f over %d shapes",
        percent(bank, "top1"),
        percent(bank, "top3"),
        percent(bank, "top5"),
        bank.required("shapes").asLong(),
        bank.required("names").asLong(),
        percent(exact, "top1"),
        percent(exact, "top3"),
        percent(exact, "top5"),
        bank.required("recall_at_1").asDouble(),
        bank.required("compared").asLong());
  }

  private static String energy(JsonNode energy) {
    String line =
        text(
            "energy %s a shape (%.2f M MAC, %.2f M AC); as ANN %s",
            joules(energy.required("energy_mj_per_shape")),
            energy.required("macs_per_shape").asDouble() / 1e6,
            energy.required("acs_per_shape").asDouble() / 1e6,
            joules(energy.required("ann_energy_mj_per_shape")));
    JsonNode tower = energy.path("text_tower");
    return tower.isMissingNode()
        ? line
        : line
            + text(
                "; the text tower, folded away, would cost %s a prompt of %.1f tokens",
                joules(tower.required("energy_mj")), tower.required("tokens").asDouble());
  }

  private static String joules(JsonNode millijoules) {
    return text("%.3g mJ", millijoules.asDouble());
  }

  private static double percent(JsonNode figures, String key) {
    return 100 * figures.required(key).asDouble();
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
