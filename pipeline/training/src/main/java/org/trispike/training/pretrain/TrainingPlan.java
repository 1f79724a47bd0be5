package org.trispike.training.pretrain;

/**
 * When what happens, as a pure function of the step: how many steps there are, and how long each
 * round is. What it counts are mini-batches of all replicas, which are samples in equal parcels.
 *
 * @param batchesPerEpoch mini-batches of one pass
 * @param batches mini-batches in all
 * @param warmupBatches those over which the rate rises
 */
record TrainingPlan(
    long batchesPerEpoch, long batches, long warmupBatches, Replication replication) {

  static TrainingPlan of(long batchesPerEpoch, Learning learning, Replication replication) {
    long batches = batchesPerEpoch * learning.epochs();
    long warmup = Math.min(batches, Math.round(learning.warmupEpochs() * batchesPerEpoch));
    return new TrainingPlan(batchesPerEpoch, batches, warmup, replication);
  }

  /** Steps of each replica in all; what does not give each of them one more is left out. */
  int steps() {
    return Math.toIntExact(Math.max(1, batches / replication.replicas()));
  }

  /** K of the round that begins after {@code done} steps: grows over the warm-up. */
  int localSteps(int done) {
    int first = replication.firstLocalSteps();
    int last = replication.localSteps();
    double share = warmupBatches == 0 ? 1 : Math.min(1, (double) batches(done) / warmupBatches);
    int k = (int) Math.round(first + (last - first) * share);
    return Math.min(k, steps() - done);
  }

  /** Rounds in all. */
  int rounds() {
    int rounds = 0;
    for (int done = 0; done < steps(); done += localSteps(done)) {
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
