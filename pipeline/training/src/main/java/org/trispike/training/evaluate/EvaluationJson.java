package org.trispike.training.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.trispike.kernels.io.FloatArray;
import org.trispike.spiking.EnergyMeter;
import org.trispike.spiking.LayerEnergy;
import org.trispike.spiking.ModelClass;
import org.trispike.spiking.SpikingModel;
import org.trispike.spiking.TeacherRef;
import org.trispike.spiking.Weights;

/** Puts what was measured into the fields of {@code evaluation.json} and {@code examples.json}. */
final class EvaluationJson {
  static final int VERSION = 1;

  private final Measurement sum;
  private final Contender contender;

  EvaluationJson(Measurement sum, Contender contender) {
    this.sum = sum;
    this.contender = contender;
  }

  /**
   * @param wallSeconds that measuring took
   */
  Map<String, Object> figures(
      String fingerprint,
      String source,
      int rotations,
      Weights weights,
      Optional<Contender> twin,
      Optional<Retrieval> retrieval,
      Optional<NameRanking> names,
      Optional<TextTower> tower,
      double wallSeconds) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("format_version", VERSION);
    root.put("fingerprint", fingerprint);
    root.put("model", model(contender));
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("source", source);
    data.put("shapes", sum.shapes);
    data.put("quarantined", sum.bad.size());
    data.put("unlabelled", sum.unlabelled);
    root.put("data", data);
    root.put("rotations", rotations);
    if (weights != Weights.FLOAT32) {
      root.put("weights", "int8");
    }
    root.put("zero_shot", accuracy(sum.accuracy));
    if (sum.neighbourReferences > 0) {
      Map<String, Object> neighbour = accuracy(sum.neighbour);
      neighbour.put("references", sum.neighbourReferences);
      root.put("neighbour", neighbour);
    }
    twin.ifPresent(other -> root.put("twin", twin(other)));
    root.put("retrieval", retrieval.map(EvaluationJson::retrieval).orElse(Map.of()));
    names.ifPresent(ranking -> root.put("bank", bank(ranking)));
    root.put("classes", classes());
    root.put("confusion", confusion());
    root.put("layers", layers());
    root.put("energy", energy(tower));
    Map<String, Object> seconds = new LinkedHashMap<>();
    seconds.put("reading", sum.readNanos * 1e-9);
    seconds.put("inference", sum.inferenceNanos * 1e-9);
    root.put("seconds", seconds);
    root.put("shapes_per_second", wallSeconds > 0 ? sum.shapes / wallSeconds : 0);
    return root;
  }

  private static Map<String, Object> model(Contender contender) {
    SpikingModel model = contender.model();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("folder", contender.files().folder());
    map.put("network", model.network().name());
    map.put("activation", model.network().activation().name().toLowerCase(Locale.ROOT));
    map.put("parameters", model.parameterCount());
    map.put("teacher", model.teacher().map(TeacherRef::id).orElse(""));
    return map;
  }

  private static Map<String, Object> accuracy(Accuracy accuracy) {
    Accuracy.Value value = accuracy.value();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("shapes", value.shapes());
    within(map, value);
    map.put("class_mean", value.classMean());
    return map;
  }

  private Map<String, Object> twin(Contender other) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("model", model(other));
    map.put("zero_shot", accuracy(sum.twin));
    map.put("energy_mj_per_shape", perShape(sum.twinEnergy.total().millijoules()));
    return map;
  }

  private static Map<String, Object> retrieval(Retrieval retrieval) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (retrieval.text().shapes() > 0) {
      map.put("text", recall(retrieval.text(), retrieval.texts()));
    }
    if (retrieval.image().shapes() > 0) {
      map.put("image", recall(retrieval.image(), retrieval.images()));
    }
    return map;
  }

  private static Map<String, Object> recall(Recall.Value value, int candidates) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("shapes", value.shapes());
    map.put("candidates", candidates);
    map.put("r1", value.r1());
    map.put("r5", value.r5());
    map.put("r10", value.r10());
    return map;
  }

  private static Map<String, Object> bank(NameRanking ranking) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("folder", ranking.bank().folder());
    map.put("id", ranking.bank().id());
    map.put("names", ranking.bank().names());
    map.put("shapes", ranking.searched().shapes());
    within(map, ranking.searched());
    Map<String, Object> exact = new LinkedHashMap<>();
    within(exact, ranking.exact());
    map.put("exact", exact);
    map.put("recall_at_1", ranking.recall());
    map.put("compared", ranking.directed());
    return map;
  }

  private static void within(Map<String, Object> map, Accuracy.Value value) {
    map.put("top1", value.top1());
    map.put("top3", value.top3());
    map.put("top5", value.top5());
  }

  private List<Object> classes() {
    List<Object> list = new ArrayList<>();
    for (ModelClass named : contender.model().classes()) {
      int k = list.size();
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("name", named.name());
      map.put("prompts", named.prompts());
      map.put("shapes", sum.accuracy.shapes(k));
      map.put("top1", sum.accuracy.shapes(k) == 0 ? null : sum.accuracy.top1(k));
      list.add(map);
    }
    return list;
  }

  private Map<String, Object> confusion() {
    Confusion.Value value = sum.confusion.value();
    List<ModelClass> classes = contender.model().classes();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(
        "classes", Arrays.stream(value.classes()).mapToObj(k -> classes.get(k).name()).toList());
    map.put(
        "counts",
        Arrays.stream(value.counts()).map(row -> Arrays.stream(row).boxed().toList()).toList());
    return map;
  }

  private List<Object> layers() {
    int levels = contender.model().network().neuron().levels();
    Map<String, FloatArray> parameters = contender.model().parameters();
    List<Object> list = new ArrayList<>();
    for (LayerEnergy layer : sum.energy.layers()) {
      boolean real = layer.inputs() == 0;
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("name", layer.name());
      map.put("input", real ? "real" : "spikes");
      map.put("pairs", pairs(layer, parameters));
      map.put("mean_integer", layer.rate());
      map.put("firing_rate", layer.rate() / levels);
      map.put("macs", perShape(layer.macs()));
      map.put("acs", perShape(layer.accumulates()));
      map.put("energy_pj", perShape(layer.millijoules() * 1e9));
      list.add(map);
    }
    return list;
  }

  /** By the last two sides of the layer's weights, C_in · C_out; null if it has none. */
  private Double pairs(LayerEnergy layer, Map<String, FloatArray> parameters) {
    FloatArray convolution = parameters.get(layer.name() + ".conv.weight");
    FloatArray weight =
        convolution == null ? parameters.get(layer.name() + ".weight") : convolution;
    if (weight == null) {
      return null;
    }
    int[] shape = weight.shape();
    double channels = (double) shape[shape.length - 2] * shape[shape.length - 1];
    return perShape(layer.denseMacs() / channels);
  }

  private Map<String, Object> energy(Optional<TextTower> tower) {
    LayerEnergy total = sum.energy.total();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("shapes", sum.shapes);
    map.put("macs_per_shape", perShape(total.macs()));
    map.put("acs_per_shape", perShape(total.accumulates()));
    map.put("synaptic_operations_per_shape", perShape(total.operations()));
    map.put("energy_mj_per_shape", perShape(total.millijoules()));
    double ann = EnergyMeter.MAC_PICOJOULES * total.denseMacs() * 1e-9;
    map.put("ann_energy_mj_per_shape", perShape(ann));
    tower.ifPresent(
        t -> {
          Map<String, Object> text = new LinkedHashMap<>();
          text.put("parameters", t.parameters());
          text.put("tokens", t.tokens());
          text.put("energy_mj", t.millijoules());
          map.put("text_tower", text);
        });
    return map;
  }

  /** Of one shape with all its views. */
  private double perShape(double sum) {
    return this.sum.shapes == 0 ? 0 : sum / this.sum.shapes;
  }

  Map<String, Object> examples() {
    List<Object> list = new ArrayList<>();
    for (Examples.Example example : sum.examples.value()) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("id", example.id());
      map.put("caption", example.caption());
      map.put("truth", example.truth());
      List<Object> ranked = new ArrayList<>();
      for (Examples.Guess guess : example.ranked()) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("name", guess.name());
        one.put("share", guess.share());
        ranked.add(one);
      }
      map.put("ranked", ranked);
      map.put("points", Base64.getEncoder().encodeToString(example.points()));
      map.put("layout", Measuring.EXAMPLE_LAYOUT.word());
      list.add(map);
    }
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("format_version", VERSION);
    root.put("examples", list);
    return root;
  }
}
