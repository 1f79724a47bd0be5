package org.trispike.training.pretrain;

import java.util.Objects;

/**
 * What a training came to.
 *
 * @param directory of the checkpoints
 * @param chosen the name of the folder of the checkpoint that later stages use
 * @param rounds in all
 * @param samples in all
 * @param score of the chosen checkpoint on the validation split; NaN if there is none
 */
public record PretrainResult(
    String directory, String chosen, int rounds, long samples, double score) {
  public PretrainResult {
    Objects.requireNonNull(directory);
    Objects.requireNonNull(chosen);
  }
}
