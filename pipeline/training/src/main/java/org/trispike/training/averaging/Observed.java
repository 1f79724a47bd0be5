package org.trispike.training.averaging;

/** A part of a graph that has figures to tell of its last training step. */
public interface Observed {

  /** Announces whether the step to come is to be looked at closely, which may cost time. */
  void watch(boolean closely);

  /** Adds the figures of the last step. */
  void report(Figures figures);
}
