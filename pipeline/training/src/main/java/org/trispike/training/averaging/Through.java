package org.trispike.training.averaging;

/** Which way the states of a round's replicas come together. */
public enum Through {
  /** By their size. */
  AUTO,
  /** Whole, to the driver, which averages them. */
  DRIVER,
  /**
   * In blocks, through a shuffle, to tasks that average a block each; the driver gets the means.
   */
  SHUFFLE
}
