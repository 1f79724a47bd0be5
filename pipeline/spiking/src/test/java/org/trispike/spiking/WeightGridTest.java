package org.trispike.spiking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WeightGridTest {
  private static final int ROWS = 27 * 16;
  private static final int COLUMNS = 5;

  /** Gaussian columns of very different lengths, one of one sign and one of zeros. */
  private static float[] weights() {
    float[] weights = Models.gaussian(3, ROWS * COLUMNS);
    float[] scale = {1f, 1e-4f, 300f, 1f, 0f};
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= scale[i % COLUMNS];
      weights[i] = i % COLUMNS == 3 ? Math.abs(weights[i]) : weights[i];
    }
    return weights;
  }

  @Test
  void sumsInAnyOrderAndByAnyUnitsAreOne() {
    float[] weights = weights();
    WeightGrid.snap(weights, COLUMNS, 4);
    Random random = new Random(1);
    for (int c = 0; c < COLUMNS; c++) {
      int[] spikes = random.ints(ROWS, 0, 5).toArray();
      double exact = 0;
      List<float[]> terms = new ArrayList<>();
      List<float[]> units = new ArrayList<>();
      for (int i = 0; i < ROWS; i++) {
        float w = weights[i * COLUMNS + c];
        exact += (double) spikes[i] * w;
        terms.add(new float[] {spikes[i], w});
        for (int unit = 0; unit < spikes[i]; unit++) {
          units.add(new float[] {1, w});
        }
      }
      for (int trial = 0; trial < 20; trial++) {
        Collections.shuffle(terms, random);
        Collections.shuffle(units, random);
        assertThat((double) sum(terms)).isEqualTo(exact);
        assertThat((double) sum(units)).isEqualTo(exact);
      }
    }
  }

  private static float sum(List<float[]> terms) {
    float sum = 0;
    for (float[] term : terms) {
      sum = Math.fma(term[0], term[1], sum);
    }
    return sum;
  }

  @Test
  void weightsMoveByLessThanTheirPartOfTheLargestSum() {
    float[] before = weights();
    float[] after = before.clone();
    WeightGrid.snap(after, COLUMNS, 4);
    for (int c = 0; c < COLUMNS; c++) {
      double positive = 0;
      double negative = 0;
      for (int i = c; i < before.length; i += COLUMNS) {
        positive += Math.max(0, before[i]);
        negative += Math.max(0, -before[i]);
      }
      // q is at most twice the exact quotient, and a weight moves by half of it.
      double step = 4 * Math.max(positive, negative) / (1 << 24);
      for (int i = c; i < before.length; i += COLUMNS) {
        assertThat(Math.abs(after[i] - before[i])).isLessThanOrEqualTo((float) (1.01 * step));
      }
    }
    float[] again = after.clone();
    WeightGrid.snap(again, COLUMNS, 4);
    assertThat(again).isEqualTo(after);
  }
}
