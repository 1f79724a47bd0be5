package org.trispike.training.reparameterize;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Objects;
import org.trispike.datasets.UserError;
import org.trispike.datasets.teacher.TeacherConfig;

/**
 * What {@link ReparameterizeAction} is to do: the group {@code reparameterize} of the
 * configuration.
 *
 * @param checkpoints the folder of a finished training
 * @param dataset the folder of the dataset with vectors that it was trained on
 * @param output the folder for the model
 * @param triplets the list of shapes, beside which classes may lie; "" if unknown
 * @param classes a JSON file of classes, or "": what lies beside the list, else the categories
 * @param templates for the prompts of the classes
 * @param rotations views that the model averages
 * @param append whether classes are added to a model that is there
 * @param resume whether a finished model of the same work is taken as it is
 * @param teacher how the dataset's teacher is run
 */
public record ReparameterizeConfig(
    String checkpoints,
    String dataset,
    String output,
    String triplets,
    String classes,
    List<String> templates,
    int rotations,
    boolean append,
    boolean resume,
    TeacherConfig teacher) {
  public ReparameterizeConfig {
    Objects.requireNonNull(checkpoints);
    Objects.requireNonNull(dataset);
    Objects.requireNonNull(output);
    Objects.requireNonNull(triplets);
    Objects.requireNonNull(classes);
    Objects.requireNonNull(teacher);
    templates = List.copyOf(templates);
    if (rotations < 1 || rotations > 360) {
      throw UserError.usage("reparameterize.rotations is in 1..360, not " + rotations);
    }
    if (append && classes.isEmpty()) {
      throw UserError.usage(
          "reparameterize.append needs the file of the further classes: --classes FILE");
    }
  }

  /**
   * @throws UserError if a value is not what its key takes
   */
  public static ReparameterizeConfig from(Config root) {
    String run = root.getString("run.dir");
    String data = root.getString("run.data");
    Config config = root.getConfig("reparameterize");
    return new ReparameterizeConfig(
        run + "/checkpoints",
        (data.isEmpty() ? run : data) + "/embedded",
        run + "/model",
        root.getString("data.triplets"),
        config.getString("classes"),
        config.getStringList("templates"),
        config.getInt("rotations"),
        config.getBoolean("append"),
        root.getString("run.resume").equals("auto"),
        TeacherConfig.from(root));
  }
}
