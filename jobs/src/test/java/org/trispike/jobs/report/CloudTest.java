package org.trispike.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;

final class CloudTest {

  @Test
  void packsLittleEndianFractionsAndBytes() {
    byte[] bytes =
        Base64.getDecoder()
            .decode(Cloud.pack(new float[] {1, -1, 0.5f}, new float[] {1, 0, 0.5f}, 10));

    assertThat(bytes).containsExactly(0xFF, 0x7F, 0x01, 0x80, 0x00, 0x40, 0xFF, 0x00, 0x80);
  }

  @Test
  void takesNoMorePointsThanTheLimit() {
    byte[] bytes = Base64.getDecoder().decode(Cloud.pack(new float[300], new float[300], 7));

    assertThat(bytes).hasSize(7 * 9);
  }
}
