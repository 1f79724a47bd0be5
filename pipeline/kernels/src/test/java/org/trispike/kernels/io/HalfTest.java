package org.trispike.kernels.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

final class HalfTest {
  @Test
  void everyHalfSurvivesTheRoundTrip() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = Half.toFloat((short) bits);
      if (!Float.isNaN(value)) {
        assertThat(Half.of(value)).isEqualTo((short) bits);
      }
    }
    assertThat(Half.toFloat(Half.of(Float.NaN))).isNaN();
  }

  @Test
  void halvesRoundToTheNearestAndTiesToEven() {
    for (int bits = 0; bits < 0x7BFF; bits++) {
      float below = Half.toFloat((short) bits);
      float above = Half.toFloat((short) (bits + 1));
      float middle =
          new BigDecimal(below)
              .add(new BigDecimal(above))
              .divide(BigDecimal.valueOf(2))
              .floatValue();
      assertThat(Half.of(middle)).isEqualTo((short) (bits % 2 == 0 ? bits : bits + 1));
      assertThat(Half.of(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
      assertThat(Half.of(-Math.nextDown(middle))).isEqualTo((short) (bits | 0x8000));
    }
    assertThat(Half.of(65519.99f)).isEqualTo((short) 0x7BFF);
    assertThat(Half.toFloat(Half.of(65520f))).isEqualTo(Float.POSITIVE_INFINITY);
  }
}
