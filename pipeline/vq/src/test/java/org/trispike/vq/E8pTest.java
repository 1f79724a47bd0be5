package org.trispike.vq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trispike.kernels.KeyedRandom;

class E8pTest {
  private static final float[][] POINTS = points();

  private static float[][] points() {
    float[][] points = new float[1 << E8p.BITS][E8p.LENGTH];
    for (int code = 0; code < points.length; code++) {
      E8p.point(code, 1f, points[code], 0);
    }
    return points;
  }

  @Test
  void tableHasTheNormsOfThePaper() {
    Map<Integer, Integer> rowsOfNorm = new HashMap<>();
    Set<List<Integer>> distinct = new HashSet<>();
    for (int row = 0; row < E8p.ROWS; row++) {
      Integer[] halves = new Integer[E8p.LENGTH];
      int square = 0;
      for (int i = 0; i < E8p.LENGTH; i++) {
        halves[i] = E8p.halves(row, i);
        assertThat(halves[i] % 2).isEqualTo(1);
        square += halves[i] * halves[i];
      }
      distinct.add(List.of(halves));
      rowsOfNorm.merge(square / 4, 1, Integer::sum);
    }
    assertThat(distinct).hasSize(256);
    // 1 + 8 + 28 + 64 + 126 = 227 up to norm 10, and 29 of norm 12.
    assertThat(rowsOfNorm).isEqualTo(Map.of(2, 1, 4, 8, 6, 28, 8, 64, 10, 126, 12, 29));
  }

  /** Every point less 1/4 is in E8: all integers or all halves, with an even sum. */
  @Test
  void allPointsDifferAndLieOnTheShiftedLattice() {
    Set<List<Float>> distinct = new HashSet<>();
    int onLattice = 0;
    for (float[] point : POINTS) {
      double sum = 0;
      Set<Double> fractions = new HashSet<>();
      Float[] boxed = new Float[E8p.LENGTH];
      for (int i = 0; i < E8p.LENGTH; i++) {
        double shifted = point[i] - 0.25;
        fractions.add(shifted - Math.floor(shifted));
        sum += shifted;
        boxed[i] = point[i];
      }
      boolean whole = fractions.equals(Set.of(0.0)) || fractions.equals(Set.of(0.5));
      onLattice += whole && sum % 2 == 0 ? 1 : 0;
      distinct.add(List.of(boxed));
    }
    assertThat(onLattice).isEqualTo(65_536);
    assertThat(distinct).hasSize(65_536);
  }

  @Test
  void nearestIsWhatTryingAllPointsFinds() {
    KeyedRandom random = KeyedRandom.of(5);
    float[] x = new float[E8p.LENGTH];
    for (int trial = 0; trial < 200; trial++) {
      float scale = random.uniform(0.3, 2);
      // Some far outside, where the table ends.
      double spread = trial % 4 == 0 ? 4 : 1;
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) (spread * random.nextGaussian());
      }
      double least = Double.POSITIVE_INFINITY;
      for (float[] point : POINTS) {
        least = Math.min(least, distance(x, point, scale));
      }
      assertThat(distance(x, POINTS[E8p.nearest(x, 0, scale)], scale))
          .isCloseTo(least, org.assertj.core.data.Offset.offset(1e-5 * least));
    }
  }

  @Test
  void pointsAreTheirOwnNearest() {
    for (int code = 0; code < POINTS.length; code += 37) {
      assertThat(E8p.nearest(POINTS[code], 0, 1f)).isEqualTo(code);
    }
  }

  private static double distance(float[] x, float[] point, float scale) {
    double distance = 0;
    for (int i = 0; i < x.length; i++) {
      double difference = x[i] - (double) scale * point[i];
      distance += difference * difference;
    }
    return distance;
  }
}
