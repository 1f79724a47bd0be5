package org.trispike.training.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BlocksTest {
  @ParameterizedTest
  @CsvSource({"10, 20, 7", "7, 14, 7", "3, 0, 7", "6, 1, 7", "1, 30, 7", "8, 16, 100", "5, 5, 1"})
  void areTheTwoVectorsOneAfterTheOther(int parameters, int updater, int size) {
    float[] params = counted(0, parameters);
    float[] state = counted(parameters, updater);
    Blocks blocks = new Blocks(parameters, updater, size);
    List<Float> all = new ArrayList<>();
    float[] newParams = new float[parameters];
    float[] newState = new float[updater];
    for (int b = 0; b < blocks.count(); b++) {
      float[] block = blocks.cut(params, state, b);
      for (float value : block) {
        all.add(value);
      }
      assertThat(block).hasSizeBetween(1, size);
      blocks.paste(block, newParams, newState, b);
    }
    assertThat(all).hasSize(parameters + updater);
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i)).isEqualTo(i);
    }
    assertThat(newParams).isEqualTo(params);
    assertThat(newState).isEqualTo(state);
    assertThat(blocks.bytes()).isEqualTo(4L * (parameters + updater));
    assertThatThrownBy(() -> blocks.cut(params, new float[updater + 1], 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static float[] counted(int first, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = first + i;
    }
    return values;
  }
}
