package org.trispike.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.UserError;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.jobs.ablation.AblationTable;
import org.trispike.jobs.ablation.Variant;

/** Reads a run folder, however far it is, into what the page shows of it. */
final class RunReader {
  private static final String EVALUATION = "evaluation/evaluation.json";
  private static final String EXAMPLES = "evaluation/examples.json";
  private static final String CONFIG = "config.conf";
  private static final int VERSION = 1;

  private final Configuration hadoop;
  private final ReportConfig config;
  private final RunFiles files;

  RunReader(Configuration hadoop, ReportConfig config, RunFiles files) {
    this.hadoop = hadoop;
    this.config = config;
    this.files = files;
  }

  /**
   * @throws UserError if a file of the run is damaged, or written by another version
   */
  Page read() {
    JsonNode evaluation = versioned(EVALUATION);
    List<JsonNode> metrics = files.lines("metrics.jsonl");
    JsonNode result = files.json("checkpoints/result.json");
    String settings = files.text(CONFIG);
    Optional<DatasetManifest> dataset = dataset(settings);
    return new Page(
        files.name(),
        Subtitle.of(dataset, metrics, result, files.json("model/model.json"), evaluation),
        Tiles.of(evaluation, metrics),
        MetricCharts.of(metrics),
        TrainingTables.of(metrics, result),
        dataset.map(DataTables::of).orElse(List.of()),
        evaluationTables(evaluation),
        checked(EVALUATION, evaluation.path("confusion"), Confusions::of),
        EnergyTables.of(evaluation),
        checked(EXAMPLES, versioned(EXAMPLES), root -> Examples.of(root, config)),
        settings);
  }

  private JsonNode versioned(String name) {
    JsonNode node = files.json(name);
    int version = node.path("format_version").asInt(VERSION);
    if (version != VERSION) {
      throw files.damaged(name, "format_version is " + version + ", this program reads " + VERSION);
    }
    return node;
  }

  private <T> T checked(String name, JsonNode node, Function<JsonNode, T> read) {
    try {
      return read.apply(node);
    } catch (IllegalArgumentException e) {
      throw files.damaged(name, e.getMessage());
    }
  }

  private List<Page.Table> evaluationTables(JsonNode evaluation) {
    List<Page.Table> tables = new ArrayList<>(EvaluationTables.of(evaluation));
    AblationTable ablation = AblationTable.read(Arrays.asList(Variant.values()), files::json);
    if (!ablation.rows().isEmpty()) {
      tables.add(Math.min(1, tables.size()), EvaluationTables.ablation(ablation));
    }
    return tables;
  }

  /** The dataset with vectors, or, before there are any, the one without. */
  private Optional<DatasetManifest> dataset(String settings) {
    String run = data(settings);
    for (String name : List.of("embedded", "dataset")) {
      String folder = run + "/" + name;
      try {
        if (ArtefactFolder.of(hadoop, folder, DatasetManifest.FILE).exists(DatasetManifest.FILE)) {
          return Optional.of(DatasetManifest.read(hadoop, folder));
        }
      } catch (IOException e) {
        throw UserError.environment("Cannot look at " + folder + ": " + e.getMessage(), e);
      }
    }
    return Optional.empty();
  }

  /** The run folder that holds the data: another one's, if the configuration says so. */
  private String data(String settings) {
    try {
      String other =
          ConfigFactory.parseString("run.data = \"\"\n" + settings).getString("run.data");
      return other.isEmpty() ? config.directory() : other;
    } catch (ConfigException e) {
      throw files.damaged(CONFIG, e.getMessage());
    }
  }
}
