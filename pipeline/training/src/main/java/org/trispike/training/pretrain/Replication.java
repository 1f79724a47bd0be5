package org.trispike.training.pretrain;

/**
 * How the work is split.
 *
 * @param replicas W
 * @param threads of one replica
 * @param localSteps K, steps between two averages
 * @param firstLocalSteps K at the start of the warm-up
 */
public record Replication(int replicas, int threads, int localSteps, int firstLocalSteps) {
  public Replication {
    check(replicas >= 1, "pretrain.replicas is positive, not " + replicas);
    check(threads >= 1, "pretrain.threads is positive, not " + threads);
    check(localSteps >= 1, "pretrain.local-steps is positive, not " + localSteps);
    check(
        firstLocalSteps >= 1 && firstLocalSteps <= localSteps,
        "pretrain.first-local-steps is between 1 and pretrain.local-steps, not " + firstLocalSteps);
  }

  private static void check(boolean ok, String message) {
    if (!ok) {
      throw new IllegalArgumentException(message);
    }
  }
}
