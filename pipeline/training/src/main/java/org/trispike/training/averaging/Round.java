package org.trispike.training.averaging;

/**
 * What one averaging round was.
 *
 * @param replicas W
 * @param steps K, of each replica
 * @param figures of all replicas' steps, merged in their order
 * @param slowestReplicaSeconds the time of the slowest replica
 * @param medianReplicaSeconds the time that half of the replicas took at most
 * @param averagingSeconds the round beyond its slowest replica: broadcast, ways there and back,
 *     averages; with fewer cores than replicas also the others that one of them had to wait for
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
