package org.trispike.vq.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.KeyedRandom;
import org.trispike.vq.Matrices;

class KMeansTest {
  private final Compute compute = Computes.cpu(1);
  private final Nearest nearest = new Nearest(compute);

  @AfterEach
  void close() {
    compute.close();
  }

  /** Eight corners of a cube with little noise: every mean is that of its corner's points. */
  @Test
  void separatedClustersAreFoundExactly() {
    KeyedRandom random = KeyedRandom.of(3);
    float[] values = new float[8 * 50 * 3];
    double[] means = new double[8 * 3];
    for (int i = 0; i < 400; i++) {
      for (int d = 0; d < 3; d++) {
        values[i * 3 + d] = 10 * (i % 8 >> d & 1) + random.uniform(-0.5, 0.5);
        means[i % 8 * 3 + d] += values[i * 3 + d] / 50.0;
      }
    }
    Clustering found = new KMeans(nearest, 4, 20).fit(new Points(3, values, null), 8, 1);
    for (int i = 0; i < 400; i++) {
      for (int d = 0; d < 3; d++) {
        assertThat((double) found.entries()[found.codes()[i] * 3 + d])
            .isCloseTo(means[i % 8 * 3 + d], Offset.offset(1e-5));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"2000, 4, 16, false", "777, 8, 100, false", "500, 2, 7, true", "3000, 1, 33, true"})
  void codesAreThoseOfLeastDistance(int n, int length, int k, boolean weighted) {
    Points points = points(n, length, weighted);
    float[] entries = Matrices.gaussian(9, k, length).data();
    int[] codes = new int[n];
    double[] distances = new double[n];
    nearest.find(points, entries, codes, distances);
    for (int i = 0; i < n; i++) {
      double least = Double.POSITIVE_INFINITY;
      for (int e = 0; e < k; e++) {
        double distance = 0;
        for (int d = 0; d < length; d++) {
          double difference = points.values()[i * length + d] - (double) entries[e * length + d];
          distance += (weighted ? points.weights()[i * length + d] : 1) * difference * difference;
        }
        least = Math.min(least, distance);
      }
      // The code is chosen in single precision, so a tie may go either way.
      assertThat(distances[i]).isCloseTo(least, Offset.offset(1e-4));
    }
  }

  @Test
  void costNeverRises() {
    for (boolean weighted : new boolean[] {false, true}) {
      Points points = points(3000, 4, weighted);
      KMeans kMeans = new KMeans(nearest, 1, 0);
      Clustering now = kMeans.fit(points, 64, 2);
      double first = now.cost();
      for (int step = 0; step < 20; step++) {
        Clustering next = kMeans.step(points, now);
        assertThat(next.cost()).isLessThanOrEqualTo(now.cost() * (1 + 1e-9));
        now = next;
      }
      assertThat(now.cost()).isLessThan(0.9 * first);
    }
  }

  @Test
  void moreRestartsAreNeverWorse() {
    Points points = points(1000, 2, false);
    double one = new KMeans(nearest, 1, 10).fit(points, 20, 4).cost();
    assertThat(new KMeans(nearest, 5, 10).fit(points, 20, 4).cost()).isLessThanOrEqualTo(one);
  }

  /** Entries far from all points lose them; each moves to where the error is largest. */
  @Test
  void emptyClustersAreRepaired() {
    Points points = points(500, 2, false);
    float[] entries = new float[32 * 2];
    Arrays.fill(entries, 2, entries.length, 1e3f);
    int[] codes = new int[500];
    double[] distances = new double[500];
    nearest.find(points, entries, codes, distances);
    assertThat(codes).containsOnly(0);
    KMeans kMeans = new KMeans(nearest, 1, 0);
    Clustering repaired = new Clustering(entries, codes, distances);
    for (int step = 0; step < 3; step++) {
      repaired = kMeans.step(points, repaired);
    }
    assertThat(Arrays.stream(repaired.codes()).distinct().count()).isEqualTo(32);
  }

  @Test
  void asManyEntriesAsPointsLeaveNoError() {
    Points points = points(40, 4, false);
    assertThat(new KMeans(nearest, 1, 5).fit(points, 64, 1).cost()).isZero();
    Points same = new Points(2, new float[20], null);
    assertThat(new KMeans(nearest, 1, 5).fit(same, 4, 1).cost()).isZero();
  }

  /** A weight of 3 is the point three times, one of 0 is no point. */
  @Test
  void weightsAreMultiplicities() {
    float[] values = {1, 2, 5, 100};
    float[] weights = {3, 1, 1, 0};
    Clustering weighted = new KMeans(nearest, 1, 5).fit(new Points(1, values, weights), 1, 1);
    assertThat(weighted.entries()[0]).isEqualTo((3 * 1 + 2 + 5) / 5f);
    assertThat(weighted.cost()).isCloseTo(3 * 1.0 + 0 + 9, Offset.offset(1e-6));
  }

  @Test
  void sameKeyGivesTheSameEntries() {
    Points points = points(600, 4, true);
    float[] entries = new KMeans(nearest, 2, 8).fit(points, 16, 5).entries();
    assertThat(new KMeans(nearest, 2, 8).fit(points, 16, 5).entries()).isEqualTo(entries);
    assertThat(new KMeans(nearest, 2, 8).fit(points, 16, 6).entries()).isNotEqualTo(entries);
  }

  private static Points points(int n, int length, boolean weighted) {
    float[] weights = new float[n * length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i % 5;
    }
    return new Points(length, Matrices.gaussian(7, n, length).data(), weighted ? weights : null);
  }
}
