package org.trispike.training.observe;

import java.util.Map;

/** Hears how a training goes. Called on the driver, between rounds, so it must not take long. */
public interface RoundListener {

  /** How a training ended. */
  enum Outcome {
    FINISHED,
    INTERRUPTED,
    FAILED
  }

  /**
   * Rounds are about to begin.
   *
   * @param fingerprint tells one training from another
   * @param done rounds that a former process did
   */
  default void begin(String fingerprint, int done) {}

  /**
   * A round is over.
   *
   * @param metrics a line of {@code metrics.jsonl}; what was not measured is null or not there
   */
  void round(Map<String, Object> metrics);

  /** A checkpoint of all rounds so far is about to be written. */
  default void checkpoint() {}

  /** There are no further rounds in this process. */
  default void end(Outcome outcome) {}
}
