package org.trispike.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The figures that matter most: those of the evaluation, or, before it, those of the training. */
final class Tiles {
  private Tiles() {}

  static List<Page.Tile> of(JsonNode evaluation, List<JsonNode> metrics) {
    return evaluation.isObject() ? evaluated(evaluation) : trained(metrics);
  }

  private static List<Page.Tile> evaluated(JsonNode evaluation) {
    JsonNode zeroShot = evaluation.path("zero_shot");
    JsonNode energy = evaluation.path("energy");
    List<Page.Tile> tiles = new ArrayList<>();
    tiles.add(
        new Page.Tile(
            Texts.percent(zeroShot.path("top1")),
            "zero-shot top-1, " + Texts.count(zeroShot.path("shapes")) + " shapes"));
    if (evaluation.path("neighbour").isObject()) {
      tiles.add(
          new Page.Tile(
              Texts.percent(evaluation.path("neighbour").path("top1")),
              "nearest neighbour, top-1, for comparison"));
    }
    tiles.add(new Page.Tile(Texts.percent(zeroShot.path("top5")), "zero-shot top-5"));
    tiles.add(new Page.Tile(Texts.percent(zeroShot.path("class_mean")), "mean over classes"));
    double parameters = Texts.number(evaluation.path("model").path("parameters"));
    tiles.add(new Page.Tile(Texts.large(parameters), "parameters"));
    if (energy.isObject()) {
      double ann = Texts.number(energy.path("ann_energy_mj_per_shape"));
      String beside = Double.isFinite(ann) ? "; " + Texts.digits(ann) + " mJ without spikes" : "";
      tiles.add(
          new Page.Tile(
              Texts.digits(Texts.number(energy.path("energy_mj_per_shape"))) + " mJ",
              "energy a shape" + beside));
    }
    return tiles;
  }

  private static List<Page.Tile> trained(List<JsonNode> metrics) {
    if (metrics.isEmpty()) {
      return List.of();
    }
    List<Page.Tile> tiles = new ArrayList<>();
    JsonNode last = metrics.get(metrics.size() - 1);
    for (int i = metrics.size() - 1; i >= 0 && tiles.isEmpty(); i--) {
      JsonNode validation = metrics.get(i).path("validation");
      if (validation.isObject()) {
        tiles.add(
            new Page.Tile(
                Texts.percent(validation.path("caption_top1")),
                "own caption first, "
                    + Texts.count(validation.path("shapes"))
                    + " validation shapes"));
      }
    }
    tiles.add(new Page.Tile(Texts.digits(Texts.number(last.path("loss"))), "loss"));
    tiles.add(
        new Page.Tile(Texts.format("%.1f", Texts.number(last.path("epoch"))), "epochs so far"));
    tiles.add(new Page.Tile(Texts.digits(Texts.number(last.path("firing_rate"))), "firing rate"));
    tiles.add(
        new Page.Tile(
            Texts.digits(Texts.number(last.path("samples_per_second"))), "samples a second"));
    return tiles;
  }
}
