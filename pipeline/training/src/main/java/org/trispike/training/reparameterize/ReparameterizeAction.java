package org.trispike.training.reparameterize;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.trispike.datasets.Progress;
import org.trispike.datasets.Split;
import org.trispike.datasets.UserError;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.datasets.shard.ProgramVersion;
import org.trispike.datasets.shard.ShardInfo;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.datasets.store.SparkStage;
import org.trispike.datasets.teacher.Teacher;
import org.trispike.datasets.teacher.Teachers;
import org.trispike.datasets.teacher.TextSide;
import org.trispike.kernels.io.Json;
import org.trispike.kernels.io.JsonException;
import org.trispike.kernels.io.Sha256;
import org.trispike.spiking.ModelClass;
import org.trispike.spiking.ModelPreprocessing;
import org.trispike.spiking.RepVli;
import org.trispike.spiking.SpikingModel;
import org.trispike.spiking.TeacherRef;
import org.trispike.training.checkpoint.Checkpoint;
import org.trispike.training.checkpoint.Checkpoints;
import org.trispike.training.classes.ClassList;
import org.trispike.training.classes.ClassPrompts;
import org.trispike.training.draw.Augmentation;
import org.trispike.training.evaluate.Neighbours;

/**
 * Folds the chosen checkpoint of a training and the names of classes into one deployable model, see
 * {@link RepVli}; or adds classes to such a model, without training.
 */
public final class ReparameterizeAction {
  private static final String GROUP = "reparameterize";
  private static final String FINGERPRINT = "fingerprint";

  private final JavaSparkContext spark;
  private final Configuration hadoop;
  private final ReparameterizeConfig config;
  private final Progress progress;
  private final ArtefactFolder folder;

  public ReparameterizeAction(
      SparkSession session, ReparameterizeConfig config, Progress progress) {
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.hadoop = session.sparkContext().hadoopConfiguration();
    this.config = config;
    this.progress = progress;
    this.folder = ArtefactFolder.of(hadoop, config.output(), ModelStore.MANIFEST);
  }

  /**
   * @throws UserError if the training is not finished, the classes cannot be read, or the folder
   *     holds other work
   */
  public ReparameterizeResult run() {
    DatasetManifest manifest = DatasetManifest.readTriplets(hadoop, config.dataset());
    ClassList list = classes(manifest);
    return config.append() ? append(list) : fold(manifest, list);
  }

  private ClassList classes(DatasetManifest manifest) {
    String file = config.classes();
    if (file.isEmpty()) {
      file = ClassList.beside(hadoop, config.triplets()).orElse("");
    }
    ClassList list =
        file.isEmpty()
            ? ClassList.ofCategories(manifest.categories().keySet())
            : ClassList.read(hadoop, file);
    if (list.classes().isEmpty()) {
      throw UserError.data(
          config.dataset()
              + " has no categories to name classes by; give some with --classes FILE. Nothing"
              + " was written");
    }
    return list;
  }

  private ReparameterizeResult fold(DatasetManifest manifest, ClassList list) {
    Checkpoint checkpoint = Checkpoints.chosen(hadoop, config.checkpoints());
    if (!checkpoint.state().dataset().equals(manifest.id())) {
      throw UserError.data(
          config.checkpoints()
              + " was trained on dataset "
              + checkpoint.state().dataset()
              + ", not on the one in "
              + config.dataset()
              + ". Nothing was written");
    }
    List<ModelClass> classes = ClassPrompts.of(list, config.templates());
    String fingerprint = fingerprint(checkpoint, classes);
    ArtefactFolder.Claim claim =
        folder.claim(fingerprint, finishedFingerprint(), config.resume(), List.of());
    if (claim == ArtefactFolder.Claim.COMPLETE) {
      SpikingModel model = ModelStore.read(folder);
      progress.line("reparameterize: " + folder.root() + " is finished already");
      return result(model, 0);
    }
    progress.start("reparameterize: " + classes.size() + " classes of " + list.source(), 0);
    SpikingModel model = model(manifest, checkpoint, classes, fingerprint);
    Neighbours neighbours = neighbours(manifest);
    ModelStore.publish(model, neighbours, folder);
    progress.finish(sentence(model));
    return result(model, neighbours.size());
  }

  private SpikingModel model(
      DatasetManifest manifest,
      Checkpoint checkpoint,
      List<ModelClass> classes,
      String fingerprint) {
    try (Teacher teacher = teacher()) {
      TextSide text = TextSide.of(teacher);
      Map<String, String> provenance = new LinkedHashMap<>();
      provenance.put(FINGERPRINT, fingerprint);
      provenance.put("checkpoint", checkpoint.folder());
      provenance.put("dataset", manifest.id());
      provenance.put("seed", Long.toString(checkpoint.state().seed()));
      provenance.put("samples", Long.toString(checkpoint.state().samples()));
      provenance.put(ClassPrompts.TEMPLATES, Json.writeCompact(config.templates()));
      provenance.put(ClassPrompts.TEXT_SIDE, text.id());
      provenance.put("program", ProgramVersion.text());
      String upAxis = manifest.provenance().getOrDefault("data.up-axis", "auto");
      return RepVli.fold(
          checkpoint.encoder(),
          checkpoint.encoderParameters(),
          checkpoint.alignment(),
          classes,
          ClassPrompts.embed(classes, text),
          new ModelPreprocessing(
              checkpoint.state().points(),
              true,
              upAxis.toLowerCase(Locale.ROOT),
              Augmentation.GREY,
              config.rotations()),
          new TeacherRef(teacher.id(), teacher.kind()),
          provenance);
    }
  }

  private String fingerprint(Checkpoint checkpoint, List<ModelClass> classes) {
    String all =
        classes.stream().map(c -> c.name() + "=" + c.prompts()).collect(Collectors.joining("\n"));
    return Sha256.of(
        checkpoint.state().fingerprint()
            + "\n"
            + checkpoint.state().round()
            + "\n"
            + config.rotations()
            + "\n"
            + all);
  }

  /** That of the model that is there, or "". */
  private String finishedFingerprint() {
    try {
      if (!folder.exists(ModelStore.MANIFEST)) {
        return "";
      }
      String json = new String(folder.read(ModelStore.MANIFEST), StandardCharsets.UTF_8);
      return Json.parseObject(json).get("provenance") instanceof Map<?, ?> provenance
          ? String.valueOf(provenance.get(FINGERPRINT))
          : "";
    } catch (JsonException e) {
      return ""; // some other file of that name: the claim refuses the folder
    } catch (IOException e) {
      throw UserError.environment("Cannot read " + folder.root() + ": " + e.getMessage(), e);
    }
  }

  private Neighbours neighbours(DatasetManifest manifest) {
    List<ShardInfo> shards = manifest.shards(Split.TRAIN);
    List<DescriptorTask.Reference> references =
        SparkStage.collect(
            spark,
            spark
                .parallelize(shards, shards.size())
                .flatMap(new DescriptorTask(config.dataset(), hadoop)),
            GROUP,
            "reparameterize: proportions and colours of the training shapes",
            progress,
            done -> done + " of " + shards.size() + " shards");
    return Neighbours.of(
        references.stream().map(DescriptorTask.Reference::descriptor).toList(),
        references.stream().map(DescriptorTask.Reference::category).toList());
  }

  private ReparameterizeResult append(ClassList list) {
    SpikingModel model = existing();
    Set<String> known = new HashSet<>();
    model.classes().forEach(c -> known.add(ClassList.key(c.name())));
    List<ModelClass> added = new ArrayList<>();
    List<String> templates = ClassPrompts.templates(model.provenance(), config.templates());
    for (ModelClass candidate : ClassPrompts.of(list, templates)) {
      if (known.add(ClassList.key(candidate.name()))) {
        added.add(candidate);
      }
    }
    if (added.isEmpty()) {
      progress.line("reparameterize: " + folder.root() + " has all of these classes already");
      return result(model, 0);
    }
    try (Teacher teacher = teacher()) {
      checkTeacher(model, teacher);
      SpikingModel wider =
          model.withClasses(added, ClassPrompts.embed(added, TextSide.of(teacher)));
      ModelStore.replace(wider, folder);
      progress.line("reparameterize: " + added.size() + " classes added; " + sentence(wider));
      return result(wider, 0);
    }
  }

  private SpikingModel existing() {
    try {
      if (folder.exists(ModelStore.MANIFEST)) {
        return ModelStore.read(folder);
      }
    } catch (IOException e) {
      throw UserError.environment("Cannot read " + folder.root() + ": " + e.getMessage(), e);
    }
    throw UserError.data(
        folder.root() + " holds no model to append to; run reparameterize without --append first");
  }

  private Teacher teacher() {
    return Teachers.open(hadoop, config.dataset() + "/" + Teachers.FOLDER, config.teacher());
  }

  private void checkTeacher(SpikingModel model, Teacher teacher) {
    String id = model.teacher().map(TeacherRef::id).orElse("");
    if (!id.equals(teacher.id())) {
      throw UserError.data(
          folder.root()
              + " was made with the teacher "
              + id
              + ", "
              + config.dataset()
              + " has "
              + teacher.id()
              + ". Nothing was changed");
    }
  }

  private ReparameterizeResult result(SpikingModel model, int neighbours) {
    return new ReparameterizeResult(
        config.output(), model.classes().size(), model.parameterCount(), neighbours);
  }

  private String sentence(SpikingModel model) {
    return String.format(
        Locale.ROOT,
        "%s with %d classes and %,d parameters in %s",
        model.network().name(),
        model.classes().size(),
        model.parameterCount(),
        folder.root());
  }
}
