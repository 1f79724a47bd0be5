package org.trispike.jobs.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.trispike.datasets.Split;
import org.trispike.datasets.row.PointLayout;
import org.trispike.datasets.row.Precision;
import org.trispike.datasets.row.TeacherInfo;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.datasets.shard.ShardInfo;

/** Writes the files of a run, stage by stage, with figures that a test can recognise. */
final class RunFixture {
  static final List<String> CLASSES =
      List.of("ball", "bipyramid", "box", "capsule", "cone", "cylinder", "prism", "ring");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path run;

  RunFixture(Path run) {
    this.run = run;
  }

  /** All that the stages before the report write. */
  RunFixture whole() throws IOException {
    return config()
        .dataset("dataset", false)
        .dataset("embedded", true)
        .metrics(120)
        .result()
        .model()
        .evaluation()
        .examples();
  }

  RunFixture config() throws IOException {
    write("config.conf", "run {\n  # The folder.\n  dir = \"runs/solids\"\n}\n");
    return this;
  }

  RunFixture dataset(String name, boolean teacher) throws IOException {
    TreeMap<String, Long> categories = new TreeMap<>();
    CLASSES.forEach(category -> categories.put(category, 30L + category.length()));
    TreeMap<String, String> provenance = new TreeMap<>();
    if (teacher) {
      provenance.put("teacher.retrieval", "image→text on validation: R@1 51.0 %");
    }
    DatasetManifest manifest =
        new DatasetManifest(
            PointLayout.QUANTISED,
            teacher
                ? Optional.of(new TeacherInfo("minilm-tower-1", "embedded", 384, Precision.FLOAT16))
                : Optional.empty(),
            List.of(
                shard("shards/train-00000.parquet", Split.TRAIN, 128),
                shard("shards/train-00001.parquet", Split.TRAIN, 96),
                shard("shards/validation-00000.parquet", Split.VALIDATION, 64)),
            new TreeMap<>(Map.of("EMPTY", 2L, "NOT_FINITE", 1L)),
            categories,
            provenance);
    write(name + "/" + DatasetManifest.FILE, new String(manifest.toJson(), StandardCharsets.UTF_8));
    return this;
  }

  private static ShardInfo shard(String path, Split split, int rows) {
    return new ShardInfo(path, split, rows, rows * 95_000L, "0".repeat(64), List.of(rows));
  }

  /** Rounds of which every tenth is measured. */
  RunFixture metrics(int rounds) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int round = 1; round <= rounds; round++) {
      double done = (double) round / rounds;
      double wave = 0.06 * Math.sin(1.7 * round) + 0.03 * Math.cos(5.1 * round);
      ObjectNode line = MAPPER.createObjectNode();
      line.put("round", round).put("epoch", 60 * done).put("samples", 512 * round);
      line.put("steps", 4);
      line.put("learning_rate", 0.001 * (1 + Math.cos(Math.PI * done)));
      line.put("loss", 6 * Math.exp(-3 * done) + 1.1 + 2 * wave);
      line.put("loss_text", 3.2 * Math.exp(-3 * done) + 0.5 + wave);
      line.put("loss_image", 2.8 * Math.exp(-3 * done) + 0.6 + wave);
      line.putNull("loss_mse");
      line.put("accuracy_text", 0.9 * (1 - Math.exp(-4 * done)) + wave / 4);
      line.put("accuracy_image", 0.8 * (1 - Math.exp(-3 * done)) + wave / 4);
      line.put("logit_scale", 14.28 + 22 * done * done);
      line.put("gradient_norm", 2.1 * Math.exp(-done) + wave);
      line.put("firing_rate", 0.31 - 0.09 * done + wave / 20);
      if (round % 10 == 0) {
        ObjectNode validation = line.putObject("validation");
        validation.put("shapes", 64);
        validation.put("caption_top1", 0.86 * (1 - Math.exp(-3 * done)));
        validation.put("caption_top5", 0.99 * (1 - Math.exp(-5 * done)));
        validation.put("text_r5", 0.8 * (1 - Math.exp(-4 * done)));
        validation.put("image_r1", 0.4 * (1 - Math.exp(-3 * done)));
        validation.putNull("image_r5");
      }
      line.put("seconds", 3.9 + wave);
      line.put("samples_per_second", 131 + 40 * wave);
      line.put("averaging_seconds", 0.1);
      line.put("slowest_replica_seconds", 3.7 + wave);
      line.put("median_replica_seconds", 3.5);
      line.put("lost_executors", 0);
      line.put("failed_tasks", round == 50 ? 2 : 0);
      line.set("share", share());
      lines.append(line).append('\n');
    }
    write("metrics.jsonl", lines.toString());
    return this;
  }

  private static ObjectNode share() {
    return MAPPER
        .createObjectNode()
        .put("compute", 0.871)
        .put("loss", 0.012)
        .put("dl4j", 0.021)
        .put("reading", 0.052)
        .put("spark", 0.044);
  }

  RunFixture result() throws IOException {
    ObjectNode result = MAPPER.createObjectNode();
    result.put("format_version", 1).put("chosen", "round-000110").put("score", 0.8123);
    result.set("share", share());
    write("checkpoints/result.json", result.toString());
    return this;
  }

  RunFixture model() throws IOException {
    ObjectNode model = MAPPER.createObjectNode().put("format_version", 1);
    model.putObject("network").put("name", "e3dsnn-t").put("activation", "spiking");
    ArrayNode classes = model.putArray("classes");
    CLASSES.forEach(name -> classes.addObject().put("name", name));
    write("model/model.json", model.toString());
    return this;
  }

  RunFixture evaluation() throws IOException {
    write("evaluation/evaluation.json", EvaluationFixture.json(0.875, 0.0412).toString());
    return this;
  }

  /** A finished variant of an ablation. */
  RunFixture variant(String word, double top1, double energy) throws IOException {
    write(
        "ablation/" + word + "/evaluation/evaluation.json",
        EvaluationFixture.json(top1, energy).toString());
    return this;
  }

  RunFixture examples() throws IOException {
    write("evaluation/examples.json", EvaluationFixture.examples(6).toString());
    return this;
  }

  void write(String name, String text) throws IOException {
    Path file = run.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }
}
