package org.trispike.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BestSoFarTest {
  @Test
  void countsTheValidationsSinceTheFirstOfTheBest() {
    BestSoFar best = new BestSoFar();
    double[] scores = {0.2, 0.1, Double.NaN, 0.3, 0.3, 0.2};
    int[] stale = {0, 1, 1, 0, 1, 2};
    String[] names = {"0", "0", "0", "3", "3", "3"};
    for (int i = 0; i < scores.length; i++) {
      best.add(Integer.toString(i), scores[i]);
      assertThat(best.stale()).as("after %s", i).isEqualTo(stale[i]);
      assertThat(best.name()).isEqualTo(names[i]);
    }
    assertThat(best.exhausts(2)).isTrue();
    assertThat(best.exhausts(3)).isFalse();
    assertThat(best.exhausts(0)).isFalse();
  }

  @Test
  void nothingMeasuredIsNeitherBestNorTooLong() {
    BestSoFar best = new BestSoFar();
    best.add("a", Double.NaN);
    assertThat(best.name()).isEmpty();
    assertThat(best.exhausts(1)).isFalse();
  }

  @Test
  void goesOnFromAFormerRun() {
    BestSoFar best = new BestSoFar();
    best.add("a", 0.5);
    best.resume(2);
    best.add("b", 0.4);
    assertThat(best.exhausts(3)).isTrue();
  }
}
