package org.trispike.vq.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.vq.Matrices;
import org.trispike.vq.RealData;

final class CoarseTrainingTest {
  private static final int ROWS = 900;
  private static final int COLUMNS = 10;
  private static final int LISTS = 12;

  private final CoarseTraining training = new CoarseTraining(LISTS, ROWS, COLUMNS);
  private final float[] rows = RealData.normalised(Matrices.gaussian(4, ROWS, COLUMNS)).data();

  private static double product(float[] a, int i, float[] b, int j) {
    double product = 0;
    for (int c = 0; c < COLUMNS; c++) {
      product += (double) a[i * COLUMNS + c] * b[j * COLUMNS + c];
    }
    return product;
  }

  /** Each row goes to the direction of largest product, and no step makes that worse. */
  @Test
  void stepsLowerTheCostOfTheNearestDirections() {
    try (Compute compute = Computes.cpu(1)) {
      float[] directions = training.seeds(rows);
      double cost = Double.POSITIVE_INFINITY;
      for (int step = 0; step < 6; step++) {
        CoarseTraining.Assigned assigned = training.assign(compute, rows, directions);
        double sum = 0;
        for (int row = 0; row < ROWS; row++) {
          double own = product(rows, row, directions, assigned.lists()[row]);
          for (int list = 0; list < LISTS; list++) {
            assertThat(product(rows, row, directions, list)).isLessThan(own + 1e-5);
          }
          sum += 2 - 2 * own;
        }
        assertThat(assigned.cost()).isCloseTo(sum, within(1e-3)).isLessThanOrEqualTo(cost + 1e-3);
        cost = assigned.cost();
        directions = training.step(rows, assigned, directions);
        for (int list = 0; list < LISTS; list++) {
          assertThat(product(directions, list, directions, list)).isCloseTo(1, within(1e-5));
        }
      }
    }
  }

  /** A drawn sample, so that a part of it can be assigned apart. */
  @Test
  void sharesAreAssignedAsTheWholeIs() {
    try (Compute compute = Computes.cpu(1)) {
      float[] directions = training.seeds(rows);
      int[] whole = training.assign(compute, rows, directions).lists();
      float[] share = Arrays.copyOfRange(rows, 300 * COLUMNS, 500 * COLUMNS);
      assertThat(training.assign(compute, share, directions).lists())
          .isEqualTo(Arrays.copyOfRange(whole, 300, 500));
    }
  }

  @Test
  void stepsGoOnAsLongAsTheyGain() {
    assertThat(CoarseTraining.settled(Double.POSITIVE_INFINITY, 5)).isFalse();
    assertThat(CoarseTraining.settled(5, 4.9)).isFalse();
    assertThat(CoarseTraining.settled(5, 4.999)).isTrue();
    assertThat(CoarseTraining.settled(0, 0)).isTrue();
  }

  @Test
  void theSampleIsDrawnOnceAndInTheOrderOfTheBank() {
    assertThat(new CoarseTraining(2, ROWS, COLUMNS).sample())
        .hasSize(64)
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(training.sample()).hasSize(384);
    assertThatThrownBy(() -> new CoarseTraining(11, 10, 4)).hasMessage("11 lists of 10 rows");
  }
}
