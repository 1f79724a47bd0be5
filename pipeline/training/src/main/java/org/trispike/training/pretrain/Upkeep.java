package org.trispike.training.pretrain;

import java.util.Objects;

/**
 * What happens beside the training itself.
 *
 * @param checkpointRounds every so many rounds, validation and a checkpoint
 * @param keepCheckpoints how many are kept, besides the best
 * @param validationShapes that are measured, at most
 * @param patience validations in a row without a better score after which the training ends; 0: it
 *     goes on to its end
 * @param maxRoundRestarts how often a round that the cluster failed is run again
 */
public record Upkeep(
    int checkpointRounds,
    int keepCheckpoints,
    Selection select,
    int validationShapes,
    int patience,
    int maxRoundRestarts) {
  public Upkeep {
    Objects.requireNonNull(select);
    check(checkpointRounds >= 1, "pretrain.checkpoint-rounds is positive, not " + checkpointRounds);
    check(keepCheckpoints >= 1, "pretrain.keep-checkpoints is positive, not " + keepCheckpoints);
    check(
        validationShapes >= 0,
        "pretrain.validation-shapes is not negative, but " + validationShapes);
    check(patience >= 0, "pretrain.patience is not negative, but " + patience);
    check(
        patience == 0 || validationShapes > 0,
        "pretrain.patience needs pretrain.validation-shapes above 0");
    check(
        maxRoundRestarts >= 0,
        "pretrain.max-round-restarts is not negative, but " + maxRoundRestarts);
  }

  private static void check(boolean ok, String message) {
    if (!ok) {
      throw new IllegalArgumentException(message);
    }
  }
}
