package org.trispike.training.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.trispike.kernels.KeyedRandom;

final class AveragesTest {
  @Test
  void areTheMeansInDoublePrecisionOverAllBlocks() {
    int length = 10_007;
    List<float[]> replicas = List.of(values(1, length), values(2, length), values(3, length));
    float[] mean = Averages.of(replicas, Function.identity());
    for (int i = 0; i < length; i++) {
      double sum = (double) replicas.get(0)[i] + replicas.get(1)[i] + replicas.get(2)[i];
      assertThat(mean[i]).isEqualTo((float) (sum / 3));
    }
  }

  @Test
  void refuseReplicasOfDifferentLength() {
    assertThatThrownBy(() -> Averages.of(List.of(new float[2], new float[3]), Function.identity()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Replicas differ in length");
  }

  private static float[] values(long key, int length) {
    KeyedRandom random = KeyedRandom.of(key);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (random.nextGaussian() * 1e3);
    }
    return values;
  }
}
