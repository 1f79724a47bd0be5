package org.trispike.training.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trispike.kernels.KeyedRandom;

final class OuterStepTest {
  private static final int SIZE = 50;
  private static final int ROUNDS = 20;
  private static final double RATE = 0.7;
  private static final double MOMENTUM = 0.9;

  /** Where the replicas of a round end, as if they went half of the way to a wandering goal. */
  private static float[] mean(int round, float[] start) {
    KeyedRandom random = KeyedRandom.of(round);
    float[] mean = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      mean[i] = 0.5f * (start[i] + random.uniform(-1, 1));
    }
    return mean;
  }

  /** PyTorch's SGD with nesterov=True on the gradient start − mean, in double precision. */
  @Test
  void isNesterovsMomentumOnWhatARoundChanged() {
    double[] naive = new double[SIZE];
    double[] buffer = new double[SIZE];
    float[] weights = new float[SIZE];
    OuterStep outer = new OuterStep(RATE, MOMENTUM);
    for (int round = 0; round < ROUNDS; round++) {
      float[] mean = mean(round, weights);
      for (int i = 0; i < SIZE; i++) {
        double gradient = naive[i] - mean[i];
        buffer[i] = MOMENTUM * buffer[i] + gradient;
        naive[i] -= RATE * (gradient + MOMENTUM * buffer[i]);
      }
      outer.apply(weights, mean, new BitSet());
      weights = mean;
      for (int i = 0; i < SIZE; i++) {
        assertThat((double) weights[i]).isCloseTo(naive[i], within(1e-5));
      }
    }
    assertThat(outer.velocity().orElseThrow()[3]).isCloseTo((float) buffer[3], within(1e-5f));
  }

  @Test
  void withoutMomentumItIsAPartOfTheWayAndCarriesNothing() {
    OuterStep outer = new OuterStep(0.5, 0);
    float[] mean = {2, 4};
    outer.apply(new float[] {1, 8}, mean, new BitSet());
    assertThat(mean).containsExactly(1.5f, 6);
    assertThat(outer.velocity()).isEmpty();
  }

  @Test
  void leavesFixedPositionsToTheMean() {
    OuterStep outer = new OuterStep(RATE, MOMENTUM);
    BitSet fixed = new BitSet();
    fixed.set(0, 2);
    float[] mean = {1, 2, 3};
    outer.apply(new float[3], mean, fixed);
    assertThat(mean[0]).isEqualTo(1);
    assertThat(mean[1]).isEqualTo(2);
    assertThat(mean[2]).isCloseTo(3 * 0.7f * 1.9f, within(1e-6f));
    assertThat(outer.velocity()).hasValue(new float[] {0, 0, -3});
  }

  @Test
  void goesOnFromAFormerVelocityToTheSameBits() {
    OuterStep whole = new OuterStep(RATE, MOMENTUM);
    OuterStep resumed = new OuterStep(RATE, MOMENTUM);
    float[] a = new float[SIZE];
    float[] b = new float[SIZE];
    for (int round = 0; round < ROUNDS; round++) {
      a = step(whole, round, a);
      if (round == 7) {
        Optional<float[]> velocity = resumed.velocity();
        resumed = new OuterStep(RATE, MOMENTUM);
        resumed.restore(velocity);
      }
      b = step(resumed, round, b);
    }
    assertThat(b).isEqualTo(a);
  }

  private static float[] step(OuterStep outer, int round, float[] start) {
    float[] mean = mean(round, start);
    outer.apply(start, mean, new BitSet());
    return mean;
  }
}
