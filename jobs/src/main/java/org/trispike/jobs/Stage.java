package org.trispike.jobs;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The stages in their order, each with the folder or file that it makes in the run folder. */
enum Stage {
  SHARD(
      "dataset",
      "dataset/dataset.json",
      "reads, checks and samples the shapes into Parquet",
      "data",
      "quickstart"),
  EMBED(
      "embedded",
      "embedded/dataset.json",
      "the teacher's vectors of pictures and texts",
      "teacher",
      "run"),
  PRETRAIN(
      "checkpoints", "", "trains the spiking encoder by triple alignment", "encoder", "pretrain"),
  REPARAMETERIZE(
      "model",
      "model/model.json",
      "folds texts, projections and norms into one model",
      "reparameterize"),
  EVALUATE(
      "evaluation",
      "evaluation/evaluation.json",
      "zero-shot accuracy, retrieval, energy",
      "evaluate"),
  REPORT("report.html", "report.html", "one HTML file of the run", "report");

  private static final Set<String> OF_OTHER_VERBS = Set.of("ablate", "bank");

  private final String output;
  private final String manifest;
  private final String meaning;
  private final List<String> groups;

  Stage(String output, String manifest, String meaning, String... groups) {
    this.output = output;
    this.manifest = manifest;
    this.meaning = meaning;
    this.groups = List.of(groups);
  }

  /** The stage whose result a setting decides first; none for those of verbs that are no stage. */
  static Optional<Stage> of(String key) {
    String group = key.split("\\.", 2)[0];
    if (OF_OTHER_VERBS.contains(group)) {
      return Optional.empty();
    }
    for (Stage stage : values()) {
      if (stage.groups.contains(group)) {
        return Optional.of(stage);
      }
    }
    // What no stage claims is taken to decide everything.
    return Optional.of(SHARD);
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it makes, relative to the run folder. */
  String output() {
    return output;
  }

  /** The file whose presence says that it is finished; "" if only the stage itself can say. */
  String manifest() {
    return manifest;
  }

  String meaning() {
    return meaning;
  }
}
