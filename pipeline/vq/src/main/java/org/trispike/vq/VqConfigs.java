package org.trispike.vq;

import java.util.List;
import java.util.Optional;

/** The published configurations, by the names of the algorithms that they stand for. */
public final class VqConfigs {
  /** QuiP#, 4 bits: two rounds of the E8P lattice (Tseng et al., ICML 2024). */
  public static final VqConfig QUIP_4 =
      new VqConfig("quip#-4", 8, 16, 2, CodebookScope.tensor(), CodebookKind.E8P);

  /** AQLM, 3 bits: two additive codebooks of 4,096 entries (Egiazarian et al., ICML 2024). */
  public static final VqConfig AQLM_3 =
      VqConfig.trained("aqlm-3", 8, 12, 2, CodebookScope.tensor());

  /** AQLM 2x8, 2 bits: two additive codebooks of 256 entries. */
  public static final VqConfig AQLM_2X8 =
      VqConfig.trained("aqlm-2x8", 8, 8, 2, CodebookScope.tensor());

  /** GPTVQ, 2 bits: a codebook for every 256 x 256 weights (van Baalen et al., 2024). */
  public static final VqConfig GPTVQ_2 =
      VqConfig.trained("gptvq-2", 4, 8, 1, CodebookScope.tile(256, 256));

  /** CQ, 4 bits: coupled channels of a key/value cache, in twos (Zhang et al., NeurIPS 2024). */
  public static final VqConfig CQ_4 =
      VqConfig.trained("cq-4", 2, 8, 1, CodebookScope.channelGroup(2));

  /** CQ, 2 bits: coupled channels in fours. */
  public static final VqConfig CQ_2 =
      VqConfig.trained("cq-2", 4, 8, 1, CodebookScope.channelGroup(4));

  /** Product quantization with 4-bit codes, 1 bit an element: banks that are scanned. */
  public static final VqConfig PQ4 =
      VqConfig.trained("pq4", 4, 4, 1, CodebookScope.channelGroup(4));

  private static final List<VqConfig> ALL =
      List.of(QUIP_4, AQLM_3, AQLM_2X8, GPTVQ_2, CQ_4, CQ_2, PQ4);

  private VqConfigs() {}

  public static List<VqConfig> all() {
    return ALL;
  }

  /** The configuration of this name. */
  public static Optional<VqConfig> named(String name) {
    return ALL.stream().filter(config -> config.name().equals(name)).findFirst();
  }
}
