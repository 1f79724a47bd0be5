package org.trispike.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.trispike.kernels.KeyedRandom;

final class SiteMeansTest {
  private static final Offset<Double> ERROR = within(1e-5);

  private static float[] values(int n, long key) {
    KeyedRandom random = KeyedRandom.of(key, n);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.uniform(-1, 1);
    }
    return values;
  }

  @Test
  void eachSiteHasTheMeanOfItsPointsWithVectorsAndWithout() {
    for (int points : new int[] {1, 2, 3, 17, 1000}) {
      for (int sites : new int[] {1, points / 3 + 1, points}) {
        float[] xyz = values(3 * points, 1);
        float[] rgb = values(3 * points, 2);
        int[] siteOf = new int[points];
        for (int i = 0; i < points; i++) {
          siteOf[i] = (int) (7L * i % sites);
        }
        float[] means = SiteMeans.of(xyz, rgb, siteOf, sites);
        assertThat(means).isEqualTo(SiteMeans.plain(xyz, rgb, siteOf, sites));
        for (int site = 0; site < sites; site++) {
          for (int f = 0; f < 6; f++) {
            double mean = mean(f < 3 ? xyz : rgb, f % 3, siteOf, site);
            assertThat((double) means[6 * site + f]).isCloseTo(mean, ERROR);
          }
        }
      }
    }
    assertThat(SiteMeans.of(new float[0], new float[0], new int[0], 0)).isEmpty();
  }

  private static double mean(float[] values, int axis, int[] siteOf, int site) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < siteOf.length; i++) {
      if (siteOf[i] == site) {
        sum += values[3 * i + axis];
        count++;
      }
    }
    return sum / count;
  }
}
