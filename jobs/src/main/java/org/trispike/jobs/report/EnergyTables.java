package org.trispike.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Spikes and energy of {@code evaluation.json} as tables. */
final class EnergyTables {
  private EnergyTables() {}

  static List<Page.Table> of(JsonNode evaluation) {
    List<Page.Table> tables = new ArrayList<>();
    if (evaluation.path("energy").isObject()) {
      tables.add(costs(evaluation));
    }
    if (evaluation.path("model").isObject()) {
      tables.add(model(evaluation));
    }
    if (!evaluation.path("layers").isEmpty()) {
      tables.add(layers(evaluation.path("layers")));
    }
    return tables;
  }

  private static Page.Table costs(JsonNode evaluation) {
    JsonNode energy = evaluation.path("energy");
    List<List<String>> rows = new ArrayList<>();
    List<Double> energies = new ArrayList<>();
    double own = Texts.number(energy.path("energy_mj_per_shape"));
    rows.add(
        List.of(
            "this model",
            Texts.large(Texts.number(energy.path("macs_per_shape"))),
            Texts.large(Texts.number(energy.path("acs_per_shape"))),
            Texts.digits(own)));
    energies.add(own);
    add(rows, energies, "its layers without spikes", energy.path("ann_energy_mj_per_shape"));
    add(
        rows,
        energies,
        "its trained ANN twin",
        evaluation.path("twin").path("energy_mj_per_shape"));
    add(rows, energies, "the text tower, per prompt", energy.path("text_tower").path("energy_mj"));
    String note =
        "Energy by operations, 45 nm: 4.6 pJ a multiplication, 0.9 pJ an addition."
            + " The text tower is folded into the head, so that classifying needs none of it.";
    return new Page.Table(
        "What a shape costs", note, List.of("", "MAC", "AC", "mJ"), rows, shares(energies));
  }

  private static void add(
      List<List<String>> rows, List<Double> energies, String name, JsonNode energy) {
    if (energy.isNumber()) {
      rows.add(List.of(name, "", "", Texts.digits(energy.doubleValue())));
      energies.add(energy.doubleValue());
    }
  }

  /** Each value as a share of the largest. */
  static List<Double> shares(List<Double> values) {
    double most =
        values.stream().filter(Double::isFinite).mapToDouble(Double::doubleValue).max().orElse(1);
    return values.stream()
        .map(value -> Double.isFinite(value) && most > 0 ? value / most : 0)
        .toList();
  }

  private static Page.Table model(JsonNode evaluation) {
    JsonNode model = evaluation.path("model");
    JsonNode tower = evaluation.path("energy").path("text_tower");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("network", model.path("network").asText(Texts.UNKNOWN)));
    rows.add(List.of("activation", model.path("activation").asText(Texts.UNKNOWN)));
    rows.add(List.of("parameters", Texts.count(model.path("parameters"))));
    rows.add(List.of("teacher", model.path("teacher").asText(Texts.UNKNOWN)));
    if (tower.path("parameters").isNumber()) {
      rows.add(List.of("parameters of its text tower", Texts.count(tower.path("parameters"))));
    }
    JsonNode rate = evaluation.path("shapes_per_second");
    if (rate.isNumber()) {
      rows.add(List.of("shapes a second, here", Texts.digits(rate.doubleValue())));
    }
    return new Page.Table("Model", "", List.of("", ""), rows);
  }

  private static Page.Table layers(JsonNode layers) {
    List<List<String>> rows = new ArrayList<>();
    List<Double> energies = new ArrayList<>();
    for (JsonNode layer : layers) {
      double energy = Texts.number(layer.path("energy_pj"));
      rows.add(
          List.of(
              layer.path("name").asText(),
              layer.path("input").asText(),
              Texts.format("%.3f", Texts.number(layer.path("firing_rate"))),
              Texts.format("%.3f", Texts.number(layer.path("mean_integer"))),
              Texts.large(Texts.number(layer.path("pairs"))),
              Texts.large(Texts.number(layer.path("macs"))),
              Texts.large(Texts.number(layer.path("acs"))),
              Texts.digits(energy / 1e6)));
      energies.add(energy);
    }
    return new Page.Table(
        "Layers",
        "Means a shape. The firing rate is the mean integer by the largest possible one; the bars"
            + " compare with the layer that costs most.",
        List.of("layer", "input", "firing rate", "mean integer", "pairs", "MAC", "AC", "µJ"),
        rows,
        shares(energies));
  }
}
