package org.trispike.training.evaluate;

import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.trispike.datasets.Progress;
import org.trispike.datasets.UserError;
import org.trispike.datasets.geometry.UpAxis;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.datasets.shard.OnBadRow;
import org.trispike.datasets.shard.ShardConfig;
import org.trispike.datasets.shard.ShardInfo;
import org.trispike.datasets.source.InputRow;
import org.trispike.datasets.source.InputTable;
import org.trispike.datasets.teacher.TeacherConfig.Kind;
import org.trispike.spiking.ModelPreprocessing;
import org.trispike.spiking.SpikingModel;
import org.trispike.spiking.TeacherRef;

/** Opens what is to be measured: a split of the run's dataset, or a list of shapes. */
final class Inputs {
  private final Configuration hadoop;
  private final EvaluateConfig config;
  private final Progress progress;

  Inputs(Configuration hadoop, EvaluateConfig config, Progress progress) {
    this.hadoop = hadoop;
    this.config = config;
    this.progress = progress;
  }

  /**
   * @throws UserError if there is nothing to measure
   */
  Input<?> open(ModelFiles files, TextSides teachers) {
    SpikingModel model = files.model();
    return config.list().isPresent()
        ? list(config.list().get(), files, model, teachers)
        : dataset(model);
  }

  private Input<ShardInfo> dataset(SpikingModel model) {
    DatasetManifest manifest = DatasetManifest.readTriplets(hadoop, config.dataset());
    manifest.verifySizes(hadoop, config.dataset());
    List<ShardInfo> shards = manifest.shards(config.split());
    if (shards.isEmpty()) {
      throw UserError.data(
          config.dataset()
              + " has no shapes in its "
              + config.split().word()
              + " split. Nothing was written. Choose another one with evaluate.split");
    }
    return new Input<>(
        new ShardShapes(config.dataset()),
        shards,
        "shards",
        manifest.rows(config.split()),
        List.of(),
        config.split().word() + " split of " + manifest.id().substring(0, 12),
        manifest.id() + " " + config.split(),
        manifest.categories().keySet(),
        sameSpace(manifest, model));
  }

  /** Whether the dataset's vectors are those of the model's teacher. */
  private boolean sameSpace(DatasetManifest manifest, SpikingModel model) {
    String have = manifest.teacher().map(teacher -> teacher.id()).orElse("no teacher");
    String want = model.teacher().map(TeacherRef::id).orElse("no teacher");
    if (model.alignment().isEmpty()) {
      progress.line("evaluate: no retrieval, as the model has no alignment.safetensors");
      return false;
    }
    if (!have.equals(want)) {
      progress.line(
          "evaluate: no retrieval, as the dataset has the vectors of "
              + have
              + " and the model was trained on those of "
              + want);
      return false;
    }
    return true;
  }

  private Input<ListShapes.Rows> list(
      ShardConfig list, ModelFiles files, SpikingModel model, TextSides teachers) {
    InputTable table = list.collection().read(hadoop);
    if (list.onBadRow() == OnBadRow.FAIL && !table.bad().isEmpty()) {
      throw ListShapes.failure(list.triplets(), table.bad().get(0));
    }
    ModelPreprocessing preprocessing = model.preprocessing();
    UpAxis up = UpAxis.valueOf(preprocessing.upAxis().toUpperCase(Locale.ROOT));
    ShardConfig rows = list.forModel(preprocessing.points(), up);
    boolean aligned = model.alignment().isPresent() && model.teacher().isPresent();
    ModelTeacher teacher = teachers.find(files, model);
    boolean embeds = aligned && teacher.embeds();
    if (embeds) {
      teachers.of(files, model).close();
    }
    boolean pictures = table.rows().stream().anyMatch(row -> !row.images().isEmpty());
    if (aligned && !teacher.looks() && (embeds ? pictures : teacher.is(Kind.CLIP_ONNX))) {
      progress.line(
          "evaluate: no retrieval of "
              + (embeds ? "pictures" : "texts and pictures")
              + ", as the teacher lies neither in teacher/ of the model's folder nor in"
              + " embedded/teacher/ beside it");
    }
    int dimension = aligned ? model.alignment().get().textWeight().shape()[1] : 0;
    return new Input<>(
        new ListShapes(rows, embeds, dimension, teacher),
        ListShapes.Rows.of(table.rows()),
        "chunks",
        table.rows().size(),
        table.bad(),
        new Path(table.file()).getName(),
        table.sha256() + " " + rows.seed() + " " + rows.root() + teacher.looks(),
        table.rows().stream().map(InputRow::category).toList(),
        aligned);
  }
}
