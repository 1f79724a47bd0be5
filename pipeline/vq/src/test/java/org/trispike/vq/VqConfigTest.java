package org.trispike.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VqConfigTest {

  /** Bits an element as published. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "quip#-4  | VQ<8, 16, 2> | 4",
        "aqlm-3   | VQ<8, 12, 2> | 3",
        "aqlm-2x8 | VQ<8, 8, 2>  | 2",
        "gptvq-2  | VQ<4, 8, 1>  | 2",
        "cq-4     | VQ<2, 8, 1>  | 4",
        "cq-2     | VQ<4, 8, 1>  | 2",
        "pq4      | VQ<4, 4, 1>  | 1"
      })
  void presetsHaveTheirPublishedSizes(String name, String signature, double bits) {
    VqConfig config = VqConfigs.named(name).orElseThrow();
    assertThat(config.signature()).isEqualTo(signature);
    assertThat(config.bitsPerElement()).isEqualTo(bits);
    assertThat(VqConfigs.all()).contains(config);
  }

  @Test
  void yIsBitsNotEntries() {
    assertThat(VqConfigs.GPTVQ_2.entries()).isEqualTo(256);
  }

  @Test
  void codebooksFollowTheScope() {
    assertThat(VqConfigs.AQLM_3.codebooks(4096, 4096)).isEqualTo(1);
    assertThat(VqConfigs.GPTVQ_2.codebooks(4096, 4096)).isEqualTo(256);
    assertThat(VqConfigs.GPTVQ_2.codebooks(257, 100)).isEqualTo(2);
    assertThat(VqConfigs.CQ_2.codebooks(7, 32 * 128)).isEqualTo(32 * 32);
    CodebookScope tile = CodebookScope.tile(256, 256);
    assertThat(tile.codebook(255, 255, 600)).isEqualTo(0);
    assertThat(tile.codebook(255, 512, 600)).isEqualTo(2);
    assertThat(tile.codebook(256, 256, 600)).isEqualTo(4);
  }

  @Test
  void configurationsThatCannotBeAreRefused() {
    CodebookScope all = CodebookScope.tensor();
    assertThatThrownBy(() -> VqConfig.trained("a", 3, 8, 1, all))
        .hasMessage("Vector length 3 is not a power of two in 1..64");
    assertThatThrownBy(() -> VqConfig.trained("a", 4, 17, 1, all))
        .hasMessage("17 index bits are outside 1..16");
    assertThatThrownBy(() -> VqConfig.trained("a", 4, 8, 0, all))
        .hasMessage("0 rounds are outside 1..8");
    assertThatThrownBy(() -> VqConfig.trained("a", 8, 8, 1, CodebookScope.channelGroup(4)))
        .hasMessage("A scope of 4 columns cuts vectors of 8");
    assertThatThrownBy(() -> new VqConfig("a", 4, 16, 1, all, CodebookKind.E8P))
        .hasMessage("E8P is VQ<8, 16, z>, not VQ<4, 16, z>");
    assertThatThrownBy(() -> CodebookScope.tile(0, 4)).hasMessage("A scope of 0 x 4 is empty");
  }
}
