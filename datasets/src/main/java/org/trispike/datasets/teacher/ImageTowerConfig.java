package org.trispike.datasets.teacher;

import com.typesafe.config.Config;
import java.io.Serializable;
import org.trispike.datasets.UserError;

/**
 * How the image tower of the {@code embedded} teacher is tuned to its text side.
 *
 * @param epochs passes over the shapes of the training split, one picture a shape
 * @param batchSize pictures in a step; their texts are each other's negatives
 * @param learningRate of Adam at its peak
 * @param logitScale the factor on the cosines in the loss
 * @param maxSeconds after which no further epoch begins
 * @param maxShapes that are held in the driver's memory, at 12 kB a picture
 * @param seed of the weights and of the draw
 */
public record ImageTowerConfig(
    int epochs,
    int batchSize,
    double learningRate,
    double logitScale,
    int maxSeconds,
    int maxShapes,
    long seed)
    implements Serializable {
  public ImageTowerConfig {
    check(epochs >= 0, "teacher.image.epochs is not negative, but " + epochs);
    check(batchSize >= 2, "teacher.image.batch-size is at least 2, not " + batchSize);
    check(learningRate > 0, "teacher.image.learning-rate is positive, not " + learningRate);
    check(logitScale > 0, "teacher.image.logit-scale is positive, not " + logitScale);
    check(maxShapes > 1, "teacher.image.max-shapes is at least 2, not " + maxShapes);
    check(maxSeconds > 0, "teacher.image.max-seconds is positive, not " + maxSeconds);
  }

  private static void check(boolean ok, String message) {
    if (!ok) {
      throw UserError.usage(message);
    }
  }

  public static ImageTowerConfig from(Config root) {
    Config image = root.getConfig("teacher.image");
    return new ImageTowerConfig(
        image.getInt("epochs"),
        image.getInt("batch-size"),
        image.getDouble("learning-rate"),
        image.getDouble("logit-scale"),
        image.getInt("max-seconds"),
        image.getInt("max-shapes"),
        root.getLong("run.seed"));
  }
}
