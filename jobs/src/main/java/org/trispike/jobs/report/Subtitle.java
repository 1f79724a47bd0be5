package org.trispike.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trispike.datasets.shard.DatasetManifest;

/** The line beneath the title: what the run is, and how far. */
final class Subtitle {
  private Subtitle() {}

  static String of(
      Optional<DatasetManifest> dataset,
      List<JsonNode> metrics,
      JsonNode result,
      JsonNode model,
      JsonNode evaluation) {
    List<String> parts = new ArrayList<>();
    JsonNode network = model.path("network");
    if (network.isObject()) {
      parts.add(network.path("name").asText() + ", " + network.path("activation").asText());
      parts.add(model.path("classes").size() + " classes");
    }
    dataset.ifPresent(
        manifest -> {
          parts.add(Texts.count(manifest.rows()) + " shapes");
          manifest.teacher().ifPresent(teacher -> parts.add("teacher " + teacher.id()));
        });
    if (!evaluation.isObject()) {
      parts.add(state(dataset, metrics, result, model));
    }
    return String.join(" · ", parts);
  }

  private static String state(
      Optional<DatasetManifest> dataset, List<JsonNode> metrics, JsonNode result, JsonNode model) {
    if (model.isObject()) {
      return "not evaluated yet";
    }
    if (result.isObject()) {
      return "trained, not folded into a model yet";
    }
    if (!metrics.isEmpty()) {
      return "in training, round " + metrics.get(metrics.size() - 1).path("round").asText();
    }
    if (dataset.isEmpty()) {
      return "nothing is finished yet";
    }
    return dataset.get().teacher().isPresent() ? "not trained yet" : "not embedded yet";
  }
}
