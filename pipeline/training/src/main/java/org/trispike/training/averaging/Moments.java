package org.trispike.training.averaging;

/** What becomes of the updater's state, such as Adam's moments, between two rounds. */
public enum Moments {
  /** The replicas' mean is where all of them go on. */
  AVERAGE,
  /** Each replica goes on with its own, which travel to the driver and back each round. */
  KEEP,
  /** All begin at zero again, and nothing travels. */
  RESET
}
