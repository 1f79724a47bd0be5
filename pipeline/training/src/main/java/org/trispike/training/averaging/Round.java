package org.trispike.training.averaging;

/**
 * What one averaging round was.
 *
 * @param replicas W
 * @param steps K, of each replica
 * @param figures of all replicas' steps, merged in their order
 * @param slowestReplicaSeconds the time of the slowest replica
 * @param medianReplicaSeconds the time that half of the replicas took at most
 * @param averagingSeconds the driver's time for averages and broadcast
 * @param seconds the whole round
 */
public record Round(
    int replicas,
    int steps,
    Figures figures,
    double slowestReplicaSeconds,
    double medianReplicaSeconds,
    double averagingSeconds,
    double seconds) {}
