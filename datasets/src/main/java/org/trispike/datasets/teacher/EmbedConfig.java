package org.trispike.datasets.teacher;

import com.typesafe.config.Config;
import java.util.Objects;

/**
 * What {@link EmbedAction} is to do.
 *
 * @param dataset the folder that {@code shard} made
 * @param output the folder for the dataset with vectors
 * @param resume whether an unfinished run of the same input is continued
 * @param rowGroupBytes the size of a row group
 */
public record EmbedConfig(
    String dataset, String output, boolean resume, long rowGroupBytes, TeacherConfig teacher) {
  public EmbedConfig {
    Objects.requireNonNull(dataset);
    Objects.requireNonNull(output);
    Objects.requireNonNull(teacher);
  }

  public static EmbedConfig from(Config root) {
    String run = root.getString("run.dir");
    return new EmbedConfig(
        run + "/dataset",
        run + "/embedded",
        root.getString("run.resume").equals("auto"),
        root.getLong("data.row-group-bytes"),
        TeacherConfig.from(root));
  }
}
