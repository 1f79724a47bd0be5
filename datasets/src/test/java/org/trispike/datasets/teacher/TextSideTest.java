package org.trispike.datasets.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.UserError;

final class TextSideTest {
  @Test
  void theEmbeddedOneKnowsItsCost() {
    TextSide side = TextSide.embedded();
    // Both ends, and "a", "red", "chair".
    assertThat(side.tokens("a red chair")).hasValue(5);
    // 22.71 million published parameters, less words, positions, norms, biases and the pooler.
    long lookedUp = (30_522 + 512 + 2) * 384L;
    long rest = 2 * 384 + 6 * (4 * 384 + 1536 + 384 + 4 * 384) + 384 * 384 + 384;
    assertThat(side.weights()).hasValue(22_713_216 - lookedUp - rest);
    assertThat(side.macs("a red chair")).hasValue(5 * 10_616_832L + 6 * 2 * 25 * 384);
  }

  @Test
  void theEmbeddedOneMakesUnitVectorsThatTellTextsApart() {
    TextSide side = TextSide.embedded();
    List<float[]> vectors = side.embedAll(List.of("a chair", "a seat", "an airplane"));
    assertThat(vectors.get(0)).hasSize(side.dimension());
    assertThat(Vectors.dot(vectors.get(0), vectors.get(0))).isCloseTo(1, within(1e-5));
    assertThat(Vectors.dot(vectors.get(0), vectors.get(1)))
        .isGreaterThan(Vectors.dot(vectors.get(0), vectors.get(2)));
  }

  @Test
  void onlyVectorsHaveNoTowerAndNoOtherNames() {
    TreeMap<String, float[]> names = new TreeMap<>();
    names.put("cube", new float[] {3, 4});
    TextSide side = TextSide.of(new PrecomputedTeacher(2, names));
    assertThat(side.embed("cube")).containsExactly(0.6f, 0.8f);
    assertThat(side.tokens("cube")).isEmpty();
    assertThat(side.weights()).isEmpty();
    assertThat(side.macs("cube")).isEmpty();
    assertThatThrownBy(() -> side.embed("ball"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no vector for 'ball'");
  }
}
