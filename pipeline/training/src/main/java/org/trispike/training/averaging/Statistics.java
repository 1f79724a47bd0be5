package org.trispike.training.averaging;

/** What becomes of the running statistics of norms at the end of a round. */
public enum Statistics {
  /** Means of the means, and means of the variances, as of all other parameters. */
  AVERAGE,
  /**
   * Those of the replicas' data taken together: each replica counts by what its norms have seen,
   * and the variance of the means is part of the variance.
   */
  MERGE
}
