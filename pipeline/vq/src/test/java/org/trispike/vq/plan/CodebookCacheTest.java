package org.trispike.vq.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trispike.vq.CodebookScope;
import org.trispike.vq.Matrices;
import org.trispike.vq.TrainedCodebooks;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqConfigs;
import org.trispike.vq.VqTensor;
import org.trispike.vq.oracle.Oracle;

class CodebookCacheTest {
  private static final VqConfig CONFIG =
      VqConfig.trained("cached", 4, 6, 2, CodebookScope.tile(8, 8));

  /** Whatever lies where, the matrix is the oracle's, and every tier answers what it should. */
  @ParameterizedTest
  @CsvSource({"0, 0", "0, 64", "0, 10", "3, 3", "3, 20", "64, 64", "2, 1000", "1000, 1000"})
  void everyPlacementGivesTheSameMatrix(int registers, int shared) {
    VqTensor tensor = Reordering.byFrequency(Matrices.drawn(CONFIG, 21, 19, 5));
    Boundaries boundaries = new Boundaries(registers, shared);
    double[] decoded = new double[21 * 19];
    CodebookCache cache =
        new CodebookCache((TrainedCodebooks) tensor.codebooks(), 0, 0, boundaries);
    float[] entry = new float[4];
    for (int round = 0; round < 2; round++) {
      for (int row = 0; row < 21; row++) {
        for (int group = 0; group < 5; group++) {
          cache.switchTo(tensor.codebook(row, group), round);
          cache.access(tensor.code(round, row, group), entry, 0);
          for (int d = 0; d < 4 && group * 4 + d < 19; d++) {
            decoded[row * 19 + group * 4 + d] += entry[d];
          }
        }
      }
    }
    assertThat(decoded).isEqualTo(Oracle.dequantize(tensor));
    Profile profile = Profile.of(tensor);
    for (Tier tier : Tier.values()) {
      assertThat(cache.hits(tier) / (2.0 * 21 * 5)).isEqualTo(profile.share(boundaries, tier));
    }
  }

  /** Codes are drawn so that low ones are frequent: sorting has little to do, but must be exact. */
  @ParameterizedTest
  @CsvSource({"aqlm-3", "gptvq-2", "cq-2", "pq4", "quip#-4"})
  void reorderingKeepsTheMatrixAndSortsByUse(String name) {
    VqTensor tensor = Matrices.drawn(VqConfigs.named(name).orElseThrow(), 37, 50, 9);
    VqTensor sorted = Reordering.byFrequency(tensor);
    assertThat(Oracle.dequantize(sorted)).isEqualTo(Oracle.dequantize(tensor));
    if (!name.equals("quip#-4")) {
      assertThat(sorted.codes().bytes()).isNotEqualTo(tensor.codes().bytes());
      for (long[] counts : Profile.of(sorted).counts()) {
        for (int i = 1; i < counts.length; i++) {
          assertThat(counts[i]).isLessThanOrEqualTo(counts[i - 1]);
        }
      }
    }
  }

  /** 15 entries once and one 1,000 times: μ = 63.4, σ = 241.8, so the bound is 789. */
  @Test
  void hotIsBeyondThreeDeviations() {
    long[] one = new long[16];
    java.util.Arrays.fill(one, 1);
    one[0] = 1000;
    long[] even = new long[16];
    java.util.Arrays.fill(even, 5);
    Profile profile = new Profile(new long[][] {one, even});
    assertThat(profile.hot(0)).isEqualTo(1);
    assertThat(profile.hot(1)).isZero();
    assertThat(profile.meanHot()).isEqualTo(0.5);
    assertThat(profile.aboveMean(0)).isEqualTo(1);
    assertThat(profile.share(new Boundaries(1, 2), Tier.REGISTER)).isEqualTo(1005.0 / 1095);
  }

  @Test
  void boundariesThatCrossAreRefused() {
    assertThatThrownBy(() -> new Boundaries(3, 2)).hasMessage("Boundaries 3 and 2");
  }
}
