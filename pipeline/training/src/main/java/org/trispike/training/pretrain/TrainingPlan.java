package org.trispike.training.pretrain;

/**
 * When what happens, as a pure function of the step: how many steps there are, and how long each
 * round is.
 *
 * @param batchesPerEpoch mini-batches of one pass
 * @param steps of each replica in all
 * @param warmupSteps steps over which the rate rises
 */
record TrainingPlan(long batchesPerEpoch, int steps, int warmupSteps, Replication replication) {

  static TrainingPlan of(long batchesPerEpoch, Learning learning, Replication replication) {
    long batches = batchesPerEpoch * learning.epochs();
    long steps = Math.max(1, batches / replication.replicas());
    long warmup =
        Math.min(
            steps, Math.round(learning.warmupEpochs() * batchesPerEpoch / replication.replicas()));
    return new TrainingPlan(
        batchesPerEpoch, Math.toIntExact(steps), Math.toIntExact(warmup), replication);
  }

  /** K of the round that begins after {@code done} steps: grows over the warm-up. */
  int localSteps(int done) {
    int first = replication.firstLocalSteps();
    int last = replication.localSteps();
    double share = warmupSteps == 0 ? 1 : Math.min(1, (double) done / warmupSteps);
    int k = (int) Math.round(first + (last - first) * share);
    return Math.min(k, steps - done);
  }

  /** Rounds in all. */
  int rounds() {
    int rounds = 0;
    for (int done = 0; done < steps; done += localSteps(done)) {
      rounds++;
    }
    return rounds;
  }

  /** Mini-batches of all replicas after so many steps of each. */
  long batches(int done) {
    return (long) done * replication.replicas();
  }

  /** Passes over the split after so many steps, with their fraction. */
  double epoch(int done) {
    return (double) batches(done) / batchesPerEpoch;
  }
}
