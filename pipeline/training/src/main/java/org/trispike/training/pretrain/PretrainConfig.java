package org.trispike.training.pretrain;

import com.typesafe.config.Config;
import java.util.Objects;
import org.trispike.datasets.ConfigWords;
import org.trispike.datasets.UserError;
import org.trispike.kernels.io.Sha256;
import org.trispike.spiking.EncoderSpec;
import org.trispike.training.align.AlignmentSpec;
import org.trispike.training.align.FalseNegatives;
import org.trispike.training.align.MseForm;
import org.trispike.training.align.SameCaption;
import org.trispike.training.averaging.AveragingSpec;
import org.trispike.training.averaging.Moments;
import org.trispike.training.averaging.Statistics;
import org.trispike.training.averaging.Through;
import org.trispike.training.device.ComputeConfig;
import org.trispike.training.draw.Augmentation;
import org.trispike.training.draw.DrawConfig;
import org.trispike.training.graph.ProjectionStart;

/**
 * What {@link PretrainAction} is to do: the groups {@code encoder} and {@code pretrain}.
 *
 * @param dataset the folder of the dataset with vectors
 * @param output the folder for checkpoints
 * @param metrics the file for one line a round
 * @param resume whether an unfinished run of the same work is continued
 * @param seed keys initial weights, order and draws
 * @param encoder its output width is 0 where the teacher decides it
 * @param batchSize samples of a step of one replica
 * @param bankRows of other samples that are negatives in a round, besides those of a batch
 * @param shuffleRows rows that are shuffled among each other, at least
 * @param cacheBytes of decoded rows that one JVM keeps
 * @param compute what replicas and validation run on
 */
public record PretrainConfig(
    String dataset,
    String output,
    String metrics,
    boolean resume,
    long seed,
    EncoderSpec encoder,
    ProjectionStart projectionStart,
    AlignmentSpec loss,
    Learning learning,
    Replication replication,
    AveragingSpec averaging,
    DrawConfig draw,
    int batchSize,
    int bankRows,
    int shuffleRows,
    long cacheBytes,
    Upkeep upkeep,
    ComputeConfig compute) {
  public PretrainConfig {
    Objects.requireNonNull(dataset);
    Objects.requireNonNull(output);
    Objects.requireNonNull(metrics);
    Objects.requireNonNull(encoder);
    Objects.requireNonNull(projectionStart);
    Objects.requireNonNull(loss);
    Objects.requireNonNull(learning);
    Objects.requireNonNull(replication);
    Objects.requireNonNull(averaging);
    Objects.requireNonNull(draw);
    Objects.requireNonNull(upkeep);
    Objects.requireNonNull(compute);
    check(batchSize >= 2, "pretrain.batch-size is at least 2, not " + batchSize);
    check(bankRows >= 0, "pretrain.negatives.bank is not negative, but " + bankRows);
    check(shuffleRows >= 1, "pretrain.shuffle-rows is positive, not " + shuffleRows);
    check(cacheBytes >= 0, "pretrain.cache-bytes is not negative, but " + cacheBytes);
  }

  private static void check(boolean ok, String message) {
    if (!ok) {
      throw new IllegalArgumentException(message);
    }
  }

  /**
   * @throws UserError if a value is not what its key takes
   */
  public static PretrainConfig from(Config root) {
    String run = root.getString("run.dir");
    String data = root.getString("run.data").isEmpty() ? run : root.getString("run.data");
    Config config = root.getConfig("pretrain");
    long seed = root.getLong("run.seed");
    EncoderSpec encoder = EncoderConfig.from(root);
    try {
      return new PretrainConfig(
          data + "/embedded",
          run + "/checkpoints",
          run + "/metrics.jsonl",
          root.getString("run.resume").equals("auto"),
          seed,
          encoder,
          ConfigWords.read(root, "pretrain.projection-start", ProjectionStart.class),
          loss(root),
          learning(config),
          new Replication(
              config.getInt("replicas"),
              config.getInt("threads"),
              config.getInt("local-steps"),
              config.getInt("first-local-steps")),
          averaging(root),
          new DrawConfig(
              seed,
              config.getInt("points"),
              config.getDouble("captions.text"),
              config.getDouble("captions.category"),
              augmentation(config.getConfig("augment"))),
          config.getInt("batch-size"),
          config.getInt("negatives.bank"),
          config.getInt("shuffle-rows"),
          config.getLong("cache-bytes"),
          new Upkeep(
              config.getInt("checkpoint-rounds"),
              config.getInt("keep-checkpoints"),
              ConfigWords.read(root, "pretrain.select", Selection.class),
              config.getInt("validation-shapes"),
              config.getInt("patience"),
              config.getInt("max-round-restarts")),
          ComputeConfig.from(root));
    } catch (IllegalArgumentException e) {
      throw new UserError(UserError.Kind.USAGE, "pretrain: " + e.getMessage(), e);
    }
  }

  private static AlignmentSpec loss(Config root) {
    Config loss = root.getConfig("pretrain.loss");
    return new AlignmentSpec(
        loss.getDouble("text"),
        loss.getDouble("image"),
        loss.getDouble("mse"),
        ConfigWords.read(root, "pretrain.loss.mse-form", MseForm.class),
        ConfigWords.read(root, "pretrain.loss.same-caption", SameCaption.class),
        loss.getDouble("soft-weight"),
        loss.getDouble("soft-scale"),
        loss.getDouble("initial-scale"),
        loss.getDouble("maximal-scale"),
        new FalseNegatives(
            root.getDouble("pretrain.negatives.similar-above"),
            root.getBoolean("pretrain.negatives.similar-in-batch")));
  }

  private static AveragingSpec averaging(Config root) {
    Config averaging = root.getConfig("pretrain.averaging");
    return new AveragingSpec(
        ConfigWords.read(root, "pretrain.averaging.through", Through.class),
        averaging.getLong("driver-bytes"),
        ConfigWords.read(root, "pretrain.averaging.moments", Moments.class),
        ConfigWords.read(root, "pretrain.averaging.statistics", Statistics.class),
        averaging.getDouble("outer-rate"),
        averaging.getDouble("outer-momentum"));
  }

  private static Learning learning(Config config) {
    return new Learning(
        config.getInt("epochs"),
        config.getDouble("warmup-epochs"),
        config.getDouble("start-learning-rate"),
        config.getDouble("learning-rate"),
        config.getDouble("end-learning-rate"),
        config.getDouble("beta1"),
        config.getDouble("beta2"),
        config.getDouble("epsilon"),
        config.getDouble("weight-decay"),
        config.getDouble("ema-decay"));
  }

  private static Augmentation augmentation(Config config) {
    return new Augmentation(
        config.getDouble("dropout"),
        config.getDouble("mirror"),
        config.getDouble("scale-low"),
        config.getDouble("scale-high"),
        config.getDouble("stretch"),
        config.getDouble("shift"),
        Math.toRadians(config.getDouble("tilt-degrees")),
        Math.toRadians(config.getDouble("turn-degrees")),
        config.getDouble("jitter"),
        config.getDouble("colour-drop"),
        config.getDouble("colour-jitter"));
  }

  /** Tells one training from another: everything but where it lies and how it is hosted. */
  String fingerprint(String datasetId) {
    return Sha256.of(
        String.join(
            "\n",
            datasetId,
            Long.toString(seed),
            encoder.toString(),
            projectionStart.toString(),
            loss.toString(),
            learning.toString(),
            replication.replicas()
                + "/"
                + replication.localSteps()
                + "/"
                + replication.firstLocalSteps(),
            averaging.decisive(),
            draw.toString(),
            batchSize + "/" + bankRows + "/" + shuffleRows,
            upkeep.select() + "/" + upkeep.validationShapes() + "/" + stop()));
  }

  /** What decides when a training ends early; how often it is measured does, then. */
  private String stop() {
    return upkeep.patience() == 0 ? "never" : upkeep.patience() + "/" + upkeep.checkpointRounds();
  }
}
