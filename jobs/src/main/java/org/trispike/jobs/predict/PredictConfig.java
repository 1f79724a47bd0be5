package org.trispike.jobs.predict;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.trispike.datasets.UserError;

/**
 * What {@link PredictAction} is to do.
 *
 * @param model the model's folder
 * @param files of shapes
 * @param top classes of each, at most
 */
public record PredictConfig(Path model, List<Path> files, int top) {
  public PredictConfig {
    Objects.requireNonNull(model);
    files = List.copyOf(files);
    if (top < 1) {
      throw UserError.usage("--top is positive, not " + top);
    }
  }
}
