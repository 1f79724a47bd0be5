package org.trispike.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.trispike.datasets.row.PointLayout;

/** The examples of {@code examples.json}, with as many points as the page draws. */
final class Examples {
  private static final int RANKED = 4;

  private Examples() {}

  /**
   * @throws IllegalArgumentException if a cloud cannot be read
   */
  static List<Page.Example> of(JsonNode root, ReportConfig config) {
    List<Page.Example> examples = new ArrayList<>();
    for (JsonNode node : root.path("examples")) {
      if (examples.size() < config.examples()) {
        examples.add(example(node, config.points()));
      }
    }
    return examples;
  }

  private static Page.Example example(JsonNode node, int points) {
    String id = node.path("id").asText();
    String layout = node.path("layout").asText();
    if (!layout.equals(PointLayout.QUANTISED.word())) {
      throw new IllegalArgumentException(
          "example " + id + " has points in the layout '" + layout + "', which is not known");
    }
    List<Page.Ranked> ranked = new ArrayList<>();
    for (JsonNode one : node.path("ranked")) {
      if (ranked.size() < RANKED) {
        ranked.add(new Page.Ranked(one.path("name").asText(), one.path("share").asDouble()));
      }
    }
    byte[] packed = Base64.getDecoder().decode(node.path("points").asText());
    return new Page.Example(
        id,
        node.path("caption").asText(),
        node.path("truth").asText(),
        ranked,
        Cloud.repack(packed, points));
  }
}
