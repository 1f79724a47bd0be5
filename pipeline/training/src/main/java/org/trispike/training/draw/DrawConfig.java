package org.trispike.training.draw;

import java.io.Serializable;
import java.util.Objects;

/**
 * What is drawn of a sample.
 *
 * @param seed keys all draws
 * @param points of a training sample; a cloud that has fewer gives all
 * @param textWeight how likely one of the row's own texts is drawn, against ...
 * @param categoryWeight ... the name of its category
 */
public record DrawConfig(
    long seed, int points, double textWeight, double categoryWeight, Augmentation augmentation)
    implements Serializable {
  public DrawConfig {
    Objects.requireNonNull(augmentation, "Augmentation");
    if (points < 1) {
      throw new IllegalArgumentException("A sample has at least 1 point, not " + points);
    }
    if (!(textWeight >= 0) || !(categoryWeight >= 0)) {
      throw new IllegalArgumentException("Weights of captions are not negative");
    }
  }

  /**
   * Points of a shape that is measured rather than trained on: as many as a training sample has in
   * the mean once points were left out, since voxels are filled differently by more of them.
   */
  public int measuredPoints() {
    return augmentation.meanRemaining(points);
  }
}
