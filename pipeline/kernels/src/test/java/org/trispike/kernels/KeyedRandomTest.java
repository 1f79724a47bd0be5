package org.trispike.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

final class KeyedRandomTest {

  @Test
  void theSameKeyGivesTheSameStreamAndAnotherKeyAnother() {
    KeyedRandom a = KeyedRandom.of(1, 2, 3);
    KeyedRandom b = KeyedRandom.of(1, 2, 3);
    assertThat(a.nextLong()).isEqualTo(b.nextLong());
    assertThat(KeyedRandom.of(1, 2).nextLong()).isNotEqualTo(KeyedRandom.of(2, 1).nextLong());
    assertThat(KeyedRandom.of(0).nextLong()).isNotEqualTo(KeyedRandom.of(0, 0).nextLong());
  }

  @Test
  void momentsAreThoseOfTheDistributions() {
    KeyedRandom random = KeyedRandom.of(5);
    int n = 200_000;
    double uniform = 0;
    double normal = 0;
    double squares = 0;
    int[] counts = new int[7];
    for (int i = 0; i < n; i++) {
      uniform += random.nextFloat() / n;
      double g = random.nextGaussian();
      normal += g / n;
      squares += g * g / n;
      counts[random.nextInt(7)]++;
    }
    assertThat(uniform).isCloseTo(0.5, within(0.003));
    assertThat(normal).isCloseTo(0, within(0.01));
    assertThat(squares).isCloseTo(1, within(0.02));
    for (int count : counts) {
      assertThat(count / (double) n).isCloseTo(1 / 7.0, within(0.004));
    }
    assertThatThrownBy(() -> random.nextInt(0)).hasMessageContaining("Bound 0 is not positive");
  }

  @Test
  void aPermutationMeetsEveryPositionOnce() {
    for (int n : new int[] {1, 2, 3, 10, 64, 1000, 4097}) {
      KeyedPermutation permutation = new KeyedPermutation(n, 42);
      BitSet met = new BitSet(n);
      for (int i = 0; i < n; i++) {
        met.set((int) permutation.apply(i));
      }
      assertThat(met.cardinality()).isEqualTo(n);
      assertThat(met.length()).isEqualTo(n);
    }
  }

  @Test
  void anotherKeyGivesAnotherPermutation() {
    KeyedPermutation a = new KeyedPermutation(1000, 1);
    KeyedPermutation b = new KeyedPermutation(1000, 2);
    int same = 0;
    for (int i = 0; i < 1000; i++) {
      same += a.apply(i) == b.apply(i) ? 1 : 0;
    }
    assertThat(same).isLessThan(20);
    assertThatThrownBy(() -> a.apply(1000)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
