package org.trispike.training.pretrain;

import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.Split;
import org.trispike.datasets.UserError;
import org.trispike.datasets.row.TeacherInfo;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.training.graph.ProjectionStart;

/** What must be so before anything is written. */
final class Prerequisites {
  private Prerequisites() {}

  /**
   * The teacher whose vectors the dataset holds.
   *
   * @throws UserError if the dataset is not one that can be trained on so
   */
  static TeacherInfo check(Configuration hadoop, PretrainConfig config, DatasetManifest manifest) {
    manifest.verifySizes(hadoop, config.dataset());
    TeacherInfo teacher =
        manifest
            .teacher()
            .orElseThrow(
                () ->
                    UserError.data(
                        config.dataset()
                            + " holds no teacher's vectors; run embed first. Nothing was"
                            + " written"));
    long rows = manifest.rows(Split.TRAIN);
    if (rows < 2) {
      throw UserError.data(
          config.dataset()
              + " has "
              + rows
              + " rows in its training split; alignment needs at least 2. Check data.triplets and"
              + " its split column, then run shard and embed again");
    }
    if (config.upkeep().patience() > 0 && manifest.rows(Split.VALIDATION) == 0) {
      throw UserError.usage(
          "pretrain.patience needs a validation split, and "
              + config.dataset()
              + " has none. Set pretrain.patience = 0, or make the dataset again with one");
    }
    int width = config.encoder().outputWidth();
    if (config.projectionStart() == ProjectionStart.IDENTITY
        && width != 0
        && width != teacher.dimension()) {
      throw UserError.usage(
          "pretrain.projection-start = identity needs encoder.output-width = "
              + teacher.dimension()
              + ", the teacher's dimension, not "
              + width);
    }
    return teacher;
  }
}
