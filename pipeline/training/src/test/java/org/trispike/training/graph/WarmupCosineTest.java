package org.trispike.training.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class WarmupCosineTest {
  private final WarmupCosine rate = new WarmupCosine(0.1, 1.1, 0.1, 10, 110);

  @Test
  void risesOnALineAndFallsOnHalfACosine() {
    assertThat(rate.valueAt(0, 0)).isEqualTo(0.1);
    assertThat(rate.valueAt(5, 0)).isCloseTo(0.6, within(1e-12));
    assertThat(rate.valueAt(10, 0)).isCloseTo(1.1, within(1e-12));
    // A quarter of the way down: (1 + cos 45°) / 2 of the height above the end.
    assertThat(rate.valueAt(35, 0)).isCloseTo(0.1 + (1 + Math.sqrt(0.5)) / 2, within(1e-12));
    assertThat(rate.valueAt(60, 0)).isCloseTo(0.6, within(1e-12));
    assertThat(rate.valueAt(110, 0)).isCloseTo(0.1, within(1e-12));
  }

  @Test
  void staysAtItsEndAndDoesNotKnowEpochs() {
    assertThat(rate.valueAt(1000, 0)).isCloseTo(0.1, within(1e-12));
    assertThat(rate.valueAt(35, 7)).isEqualTo(rate.valueAt(35, 0));
  }

  @Test
  void withoutAWarmupItBeginsAtItsPeak() {
    assertThat(new WarmupCosine(0, 1, 0, 0, 4).valueAt(0, 0)).isEqualTo(1);
  }

  @Test
  void isTheSameAfterAsManySamplesHoweverManyReplicasShareThem() {
    for (int replicas : new int[] {2, 5, 10}) {
      WarmupCosine shared = new WarmupCosine(0.1, 1.1, 0.1, 10, 110, replicas);
      for (int batches = 0; batches <= 110; batches += replicas) {
        assertThat(shared.valueAt(batches / replicas, 0)).isEqualTo(rate.valueAt(batches, 0));
      }
    }
  }

  @Test
  void refusesWhatIsNoSchedule() {
    assertThatThrownBy(() -> new WarmupCosine(2, 1, 0, 0, 4))
        .hasMessage("Learning rates rise from 2.0 to 1.0 and fall to 0.0?");
    assertThatThrownBy(() -> new WarmupCosine(0, 1, 0, 5, 4))
        .hasMessage("A warm-up of 5 batches does not fit into 4, or not 1 a step");
  }
}
