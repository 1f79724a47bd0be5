package org.trispike.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrainingPlanTest {
  private static final long BATCHES_PER_EPOCH = 60;
  private static final Learning LEARNING =
      new Learning(4, 0.5, 1e-6, 2e-3, 1e-5, 0.9, 0.98, 1e-8, 1e-4, 0);

  private static TrainingPlan plan(int replicas) {
    return TrainingPlan.of(BATCHES_PER_EPOCH, LEARNING, new Replication(replicas, 1, 8, 2));
  }

  /** Half an epoch of 60 batches up, three and a half down, in the batches that were seen. */
  private static double expected(long batches) {
    return batches < 30
        ? 1e-6 + (2e-3 - 1e-6) * batches / 30.0
        : 1e-5 + 0.5 * (2e-3 - 1e-5) * (1 + Math.cos(Math.PI * (batches - 30) / 210.0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7})
  void theRateIsAFunctionOfTheSamplesSeen(int replicas) {
    TrainingPlan plan = plan(replicas);
    for (int step = 0; step < plan.steps(); step++) {
      assertThat(LEARNING.optimizer(plan).rate().valueAt(step, 0))
          .isCloseTo(expected(plan.batches(step)), within(1e-15));
    }
    assertThat(plan.steps()).isEqualTo(240 / replicas);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void roundsGrowOverTheWarmupAndAddUpToAllSteps(int replicas) {
    TrainingPlan plan = plan(replicas);
    int done = 0;
    int rounds = 0;
    int longest = 0;
    while (done < plan.steps()) {
      int steps = plan.localSteps(done);
      boolean last = done + steps == plan.steps();
      assertThat(steps).isGreaterThanOrEqualTo(last ? 1 : longest);
      assertThat(last || plan.batches(done) < 30 || steps == 8).isTrue();
      longest = Math.max(longest, steps);
      done += steps;
      rounds++;
    }
    assertThat(plan.localSteps(0)).isEqualTo(2);
    assertThat(done).isEqualTo(plan.steps());
    assertThat(plan.rounds()).isEqualTo(rounds);
  }

  @Test
  void moreReplicasThanBatchesTakeOneStep() {
    assertThat(plan(1000).steps()).isEqualTo(1);
    assertThat(plan(1000).rounds()).isEqualTo(1);
  }
}
