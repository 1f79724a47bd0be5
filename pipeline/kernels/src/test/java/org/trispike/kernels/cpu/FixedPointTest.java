package org.trispike.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.cpu.FixedPoint.Range;

final class FixedPointTest {
  /** Where single precision is one too many if a half is added, and what is no number in range. */
  private static final float[] AWKWARD = {
    0.49999997f / 255,
    0.5f / 255,
    1.5f / 255,
    254.49998f / 255,
    Float.NaN,
    -0f,
    -1,
    1,
    2,
    -2,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    0.999999f
  };

  private static float[] values(int n) {
    KeyedRandom random = KeyedRandom.of(3, n);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = i % 3 == 2 ? AWKWARD[i / 3 % AWKWARD.length] : random.uniform(-1.2, 1.2);
    }
    return x;
  }

  @Test
  void stepsAreTheNearestAndComeBackWithinHalfAStep() {
    for (Range range : Range.values()) {
      for (int n : new int[] {0, 1, 7, 8, 15, 16, 33, 64, 1000}) {
        float[] x = values(n);
        byte[] two = new byte[2 * n + 3];
        byte[] one = new byte[n + 3];
        FixedPoint.pack16(range, x, two, 3);
        FixedPoint.pack8(range, x, one, 3);
        float[] fromTwo = new float[n];
        float[] fromOne = new float[n];
        FixedPoint.unpack16(range, two, 3, fromTwo);
        FixedPoint.unpack8(range, one, 3, fromOne);
        for (int i = 0; i < n; i++) {
          int low = two[3 + 2 * i] & 0xFF;
          assertThat(low | (two[4 + 2 * i] & 0xFF) << 8).isEqualTo(nearest(range, x[i], 65535));
          assertThat(one[3 + i] & 0xFF).isEqualTo(nearest(range, x[i], 255));
          if (x[i] >= range.low() && x[i] <= 1) {
            double span = 1 - range.low();
            assertThat((double) fromTwo[i]).isBetween(x[i] - span / 131e3, x[i] + span / 131e3);
            assertThat((double) fromOne[i]).isBetween(x[i] - span / 509, x[i] + span / 509);
          }
        }
      }
    }
  }

  private static int nearest(Range range, float x, int most) {
    float within = x < range.low() ? range.low() : Math.min(x, 1);
    return Math.round((within + range.shift) * range.scale(most));
  }

  @Test
  void vectorsGiveTheBitsOfTheScalarLoops() {
    assumeTrue(VectorSupport.present(), "No vectors here");
    float[] x = values(1003);
    for (Range range : Range.values()) {
      byte[] packed = new byte[2 * x.length];
      byte[] scalarPacked = new byte[2 * x.length];
      FixedPoint.pack8(range, x, packed, 0);
      FixedPoint.pack8(range, x, scalarPacked, 0, 0);
      assertThat(packed).isEqualTo(scalarPacked);
      FixedPoint.pack16(range, x, packed, 0);
      FixedPoint.pack16(range, x, scalarPacked, 0, 0);
      assertThat(packed).isEqualTo(scalarPacked);
      float[] back = new float[x.length];
      float[] scalarBack = new float[x.length];
      FixedPoint.unpack16(range, packed, 0, back);
      FixedPoint.unpack16(range, packed, 0, scalarBack, 0);
      assertThat(Arrays.equals(back, scalarBack)).isTrue();
      FixedPoint.unpack8(range, packed, 0, back);
      FixedPoint.unpack8(range, packed, 0, scalarBack, 0);
      assertThat(Arrays.equals(back, scalarBack)).isTrue();
    }
  }
}
