package org.trispike.training.evaluate;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.trispike.datasets.ConfigWords;
import org.trispike.datasets.Split;
import org.trispike.datasets.UserError;
import org.trispike.datasets.shard.ShardConfig;
import org.trispike.datasets.teacher.TeacherConfig;
import org.trispike.spiking.Weights;

/**
 * What {@link EvaluateAction} is to do: the group {@code evaluate} of the configuration.
 *
 * @param model the folder of the model
 * @param twin the folder of a model to compare with, or ""
 * @param dataset the folder of the dataset with vectors, unless there is a list
 * @param split of the dataset
 * @param list the shapes, if they come straight from a list
 * @param classes a JSON file of classes, or "": the categories
 * @param templates for the prompts of classes that the model has no head for, where its provenance
 *     does not name any
 * @param rotations views about the vertical axis; 0: as many as the model says
 * @param weights of the model's layers that see spikes
 * @param bank the folder of a bank whose names are ranked, too; "": the one that the model names,
 *     "none": none
 * @param examples kept with their points
 * @param seed keys which examples
 * @param output the folder for the figures, or "" to write none
 * @param resume whether unfinished or finished work of the same input is taken up
 * @param teacher the configured one: the named vectors of {@code precomputed}, the files of {@code
 *     clip-onnx} where the model's own teacher is not near, and how they are run
 */
public record EvaluateConfig(
    String model,
    String twin,
    String dataset,
    Split split,
    Optional<ShardConfig> list,
    String classes,
    List<String> templates,
    int rotations,
    Weights weights,
    String bank,
    int examples,
    long seed,
    String output,
    boolean resume,
    TeacherConfig teacher) {
  private static final String TEMPLATES = "reparameterize.templates";

  public EvaluateConfig {
    Objects.requireNonNull(model);
    Objects.requireNonNull(twin);
    Objects.requireNonNull(dataset);
    Objects.requireNonNull(split);
    Objects.requireNonNull(list);
    Objects.requireNonNull(classes);
    Objects.requireNonNull(weights);
    Objects.requireNonNull(bank);
    Objects.requireNonNull(output);
    Objects.requireNonNull(teacher);
    templates = List.copyOf(templates);
    if (rotations < 0 || rotations > 360) {
      throw UserError.usage("evaluate.rotations is in 0..360, not " + rotations);
    }
  }

  /**
   * @throws UserError if a value is not what its key takes
   */
  public static EvaluateConfig from(Config root) {
    String run = root.getString("run.dir");
    String data = root.getString("run.data");
    Config config = root.getConfig("evaluate");
    String model = config.getString("model");
    String triplets = config.getString("triplets");
    String output = config.getString("output");
    boolean direct = !triplets.isEmpty();
    return new EvaluateConfig(
        model.isEmpty() ? run + "/model" : model,
        config.getString("twin"),
        (data.isEmpty() ? run : data) + "/embedded",
        ConfigWords.read(root, "evaluate.split", Split.class),
        direct ? Optional.of(list(root, triplets)) : Optional.empty(),
        config.getString("classes"),
        root.hasPath(TEMPLATES) ? root.getStringList(TEMPLATES) : List.of(),
        config.getInt("rotations"),
        ConfigWords.read(root, "evaluate.weights", Weights.class),
        config.getString("bank"),
        root.getInt("report.examples"),
        root.getLong("run.seed"),
        output.isEmpty() && !direct ? run + "/evaluation" : output,
        root.getString("run.resume").equals("auto"),
        TeacherConfig.from(root));
  }

  private static ShardConfig list(Config root, String triplets) {
    Config list = root.withValue("data.triplets", ConfigValueFactory.fromAnyRef(triplets));
    if (!root.getString("data.layout").equals("list")) {
      // The settings of the collection that was trained on say nothing of a list beside it.
      list =
          list.withValue("data.layout", ConfigValueFactory.fromAnyRef("list"))
              .withValue("data.root", ConfigValueFactory.fromAnyRef(""));
    }
    return ShardConfig.from(list);
  }
}
