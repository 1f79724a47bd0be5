package org.trispike.jobs.predict;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.trispike.datasets.UserError;
import org.trispike.spiking.Weights;

/**
 * What {@link PredictAction} is to do.
 *
 * @param model the model's folder
 * @param bank the folder of a bank whose names take the place of the model's classes, if any
 * @param named whether the bank that the model names takes their place where none is given
 * @param files of shapes
 * @param top classes of each, at most
 * @param weights of the model's layers that see spikes
 */
public record PredictConfig(
    Path model, Optional<Path> bank, boolean named, List<Path> files, int top, Weights weights) {
  /** A scheme; of its slashes a local path keeps one. */
  private static final Pattern REMOTE = Pattern.compile("[a-z][a-z0-9]+:/");

  public PredictConfig {
    Objects.requireNonNull(model);
    Objects.requireNonNull(weights);
    files = List.copyOf(files);
    checkLocal(model);
    bank.ifPresent(PredictConfig::checkLocal);
    files.forEach(PredictConfig::checkLocal);
    if (bank.isPresent() && !named) {
      throw UserError.usage("--bank and --no-bank contradict each other; leave one out");
    }
    if (top < 1) {
      throw UserError.usage("--top is positive, not " + top);
    }
  }

  private static void checkLocal(Path path) {
    if (REMOTE.matcher(path.toString()).lookingAt()) {
      throw UserError.usage(
          path
              + " is no local path; predict has no Hadoop to read others with. Copy it here first,"
              + " e.g. with 'hadoop fs -get' or 'aws s3 cp --recursive', or use evaluate");
    }
  }
}
