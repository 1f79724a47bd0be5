package org.trispike.training.averaging;

import java.io.Serializable;
import java.util.Objects;

/**
 * What a replica tells of its round beside what is averaged.
 *
 * @param replica its number in 0..W−1
 * @param steps of the round
 * @param iterations of the network so far
 * @param epochs as DL4J counts them
 * @param rows that its norms saw in the round; double, as it is a weight
 * @param statistics of its norms, if they are merged
 * @param moments its updater's state, if it keeps its own
 */
@SuppressWarnings("ArrayRecordComponent") // arrays that are passed through
record ReplicaReport(
    int replica,
    int steps,
    int iterations,
    int epochs,
    Figures figures,
    double rows,
    float[] statistics,
    float[] moments)
    implements Serializable {
  ReplicaReport {
    Objects.requireNonNull(figures);
    Objects.requireNonNull(statistics);
    Objects.requireNonNull(moments);
  }
}
