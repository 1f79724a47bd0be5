package org.trispike.vq.lm;

import java.util.List;
import org.trispike.vq.CodebookScope;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqConfigs;

/** Configurations for a language model, by bits an element. */
public final class LmCodes {
  /** Weights, 8 bits: a table of 256 numbers a matrix. */
  public static final VqConfig WEIGHTS_8 =
      VqConfig.trained("weights-8", 1, 8, 1, CodebookScope.tensor());

  /** Weights, 4 bits: two rounds of 16 pairs, which a vector register can look up. */
  public static final VqConfig WEIGHTS_4 =
      VqConfig.trained("weights-4", 2, 4, 2, CodebookScope.tensor());

  /** Weights, 4 bits: 16 numbers, as NF4 has. */
  public static final VqConfig SCALAR_4 =
      VqConfig.trained("scalar-4", 1, 4, 1, CodebookScope.tensor());

  /** Weights, 3 bits: 64 pairs. */
  public static final VqConfig WEIGHTS_3 =
      VqConfig.trained("weights-3", 2, 6, 1, CodebookScope.tensor());

  /** Weights, 2 bits: 16 pairs. */
  public static final VqConfig WEIGHTS_2 =
      VqConfig.trained("weights-2", 2, 4, 1, CodebookScope.tensor());

  /** Cache, 8 bits: 256 numbers a channel. */
  public static final VqConfig CACHE_8 =
      VqConfig.trained("cache-8", 1, 8, 1, CodebookScope.channelGroup(1));

  /** Cache, 4 bits. */
  public static final VqConfig CACHE_4 = VqConfigs.CQ_4;

  /** Cache, 3 bits: 64 pairs. A code takes a byte all the same, so only its error is that of 3. */
  public static final VqConfig CACHE_3 =
      VqConfig.trained("cache-3", 2, 6, 1, CodebookScope.channelGroup(2));

  /** Cache, 2 bits. */
  public static final VqConfig CACHE_2 = VqConfigs.CQ_2;

  private static final List<VqConfig> WEIGHTS =
      List.of(WEIGHTS_8, WEIGHTS_4, SCALAR_4, WEIGHTS_3, WEIGHTS_2);
  private static final List<VqConfig> CACHE = List.of(CACHE_8, CACHE_4, CACHE_3, CACHE_2);

  private LmCodes() {}

  /** Those for weights, most bits first. */
  public static List<VqConfig> weights() {
    return WEIGHTS;
  }

  /** Those for keys and values, most bits first. */
  public static List<VqConfig> cache() {
    return CACHE;
  }
}
