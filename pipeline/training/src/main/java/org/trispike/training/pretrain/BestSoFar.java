package org.trispike.training.pretrain;

/** Which checkpoint is the best so far, and how long none was better. */
final class BestSoFar {
  private String name = "";
  private double score = Double.NEGATIVE_INFINITY;
  private int stale;

  /**
   * Takes the next checkpoint into account.
   *
   * @param score on the validation split; NaN if it was not measured
   */
  void add(String checkpoint, double score) {
    if (score > this.score) {
      name = checkpoint;
      this.score = score;
      stale = 0;
    } else if (!Double.isNaN(score)) {
      stale++;
    }
  }

  /** Goes on from a former run, whose checkpoints may be gone but for the best and the last. */
  void resume(int formerStale) {
    stale = formerStale;
  }

  /** The name of the best checkpoint; "" if none was measured. */
  String name() {
    return name;
  }

  /** Validations in a row without a better score. */
  int stale() {
    return stale;
  }

  /** Whether a training of that patience has waited long enough. */
  boolean exhausts(int patience) {
    return patience > 0 && stale >= patience;
  }
}
