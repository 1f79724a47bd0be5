package org.trispike.datasets.teacher;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.trispike.datasets.Progress;
import org.trispike.datasets.Split;
import org.trispike.datasets.UserError;
import org.trispike.datasets.row.TeacherInfo;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.datasets.shard.ShardInfo;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.datasets.store.SparkStage;
import org.trispike.datasets.teacher.onnx.ClipTeacher;

/** Puts the teacher into {@code teacher/} of the dataset in the making, tuning it first. */
final class TeacherMaker {
  private final JavaSparkContext spark;
  private final Configuration hadoop;
  private final EmbedConfig config;
  private final DatasetManifest input;
  private final Progress progress;

  TeacherMaker(
      JavaSparkContext spark,
      Configuration hadoop,
      EmbedConfig config,
      DatasetManifest input,
      Progress progress) {
    this.spark = spark;
    this.hadoop = hadoop;
    this.config = config;
    this.input = input;
    this.progress = progress;
  }

  /** Makes the teacher unless a former run did, and measures it if it was tuned now. */
  Optional<Retrieval> prepare() throws IOException {
    ArtefactFolder folder = Teachers.folder(hadoop, config.output());
    if (Teachers.exists(folder)) {
      progress.line("embed: the teacher of a former run is kept");
      return Optional.empty();
    }
    return switch (config.teacher().kind()) {
      case EMBEDDED -> embedded(folder);
      case CLIP_ONNX -> clip(folder);
      case PRECOMPUTED -> precomputed(folder);
    };
  }

  private Optional<Retrieval> clip(ArtefactFolder folder) throws IOException {
    progress.start("embed: the teacher's files", 0);
    try (Teacher teacher = ClipTeacher.toKeep(hadoop, config.teacher().clip())) {
      Teachers.write(folder, teacher);
      progress.finish(teacher.id() + " of " + teacher.dimension() + " numbers");
    }
    return Optional.empty();
  }

  private Optional<Retrieval> precomputed(ArtefactFolder folder) throws IOException {
    TeacherInfo vectors =
        input
            .teacher()
            .orElseThrow(
                () ->
                    UserError.data(
                        config.dataset()
                            + " holds no vectors: its list has no text_embedding and no"
                            + " image_embedding. Use teacher.kind = embedded, or add them and run"
                            + " shard again. Nothing was written"));
    try (Teacher teacher =
        new PrecomputedTeacher(
            vectors.dimension(),
            NamedVectors.read(hadoop, config.teacher(), vectors.dimension()))) {
      Teachers.write(folder, teacher);
    }
    return Optional.empty();
  }

  private Optional<Retrieval> embedded(ArtefactFolder folder) throws IOException {
    List<TuningShape> training = shapes(Split.TRAIN);
    List<TuningShape> validation = shapes(Split.VALIDATION);
    progress.start("embed: texts", 0);
    Map<String, float[]> vectors = new TreeMap<>();
    for (TuningShape shape : training) {
      shape.texts().forEach(t -> vectors.computeIfAbsent(t, TextEncoder.shared()::embed));
    }
    for (TuningShape shape : validation) {
      shape.texts().forEach(t -> vectors.computeIfAbsent(t, TextEncoder.shared()::embed));
    }
    progress.finish(vectors.size() + " distinct texts");
    ImageTower tower = tuned(training, vectors);
    Retrieval retrieval = measure(tower, validation, vectors);
    progress.line("embed: " + retrieval.sentence());
    try (Teacher teacher = new EmbeddedTeacher(tower)) {
      Teachers.write(folder, teacher);
    }
    return Optional.of(retrieval);
  }

  private ImageTower tuned(List<TuningShape> training, Map<String, float[]> vectors) {
    if (training.size() < 2) {
      throw UserError.data(
          "The image tower is tuned on training shapes with a picture and a text, of which "
              + config.dataset()
              + " has "
              + training.size()
              + ". Nothing was written. Set data.views above 0 and give texts, or use"
              + " teacher.kind = precomputed");
    }
    return ImageTowerTrainer.tune(training, vectors, config.teacher().image(), progress);
  }

  /** The shapes of a split that have a picture and a text, in the order of the shards. */
  private List<TuningShape> shapes(Split split) {
    List<ShardInfo> shards = input.shards(split);
    if (shards.isEmpty()) {
      return List.of();
    }
    String description = "embed: pictures of the " + split.word() + " split for tuning";
    progress.start(description, shards.size());
    List<List<TuningShape>> shapes =
        SparkStage.collect(
            spark,
            spark
                .parallelize(shards, shards.size())
                .map(new PictureTask(config.dataset(), share(), hadoop)),
            "embed",
            description,
            progress,
            done -> done + " of " + shards.size() + " shards");
    List<TuningShape> all = shapes.stream().flatMap(List::stream).toList();
    progress.finish(all.size() + " shapes");
    return all;
  }

  /** The share of shapes that tuning can hold in the driver's memory, at 12 kB a picture. */
  private double share() {
    return Math.min(1, (double) config.teacher().image().maxShapes() / input.rows());
  }

  private static Retrieval measure(
      ImageTower tower, List<TuningShape> shapes, Map<String, float[]> vectors) {
    Map<String, Integer> candidates = new HashMap<>();
    List<float[]> candidateVectors = new ArrayList<>();
    List<float[]> pictures = new ArrayList<>();
    IntStream.Builder own = IntStream.builder();
    for (TuningShape shape : shapes) {
      String text = shape.texts().get(0);
      int candidate =
          candidates.computeIfAbsent(
              text,
              t -> {
                candidateVectors.add(vectors.get(t));
                return candidateVectors.size() - 1;
              });
      for (byte[] picture : shape.pictures()) {
        pictures.add(tower.embed(Pictures.toFloats(picture)));
        own.add(candidate);
      }
    }
    return Retrieval.measure(pictures, own.build().toArray(), candidateVectors);
  }
}
