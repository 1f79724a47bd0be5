package org.trispike.vq.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trispike.kernels.Computes;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqConfigs;
import org.trispike.vq.train.Quantizer;
import org.trispike.vq.train.QuantizerOptions;

class CacheCodebooksTest {
  private static final Quantizer QUANTIZER =
      new Quantizer(Computes.cpu(1), new QuantizerOptions(1, 1, 8, 0, 64));

  private final Llama model = Llama.of(TinyLlama.drawn(100));
  private final int[] text = IntStream.range(0, 60).map(i -> (i * i + 3 * i) % 40).toArray();

  static List<VqConfig> exact() {
    return List.of(LmCodes.CACHE_8, LmCodes.CACHE_4, LmCodes.CACHE_2);
  }

  /**
   * A codebook that has an entry for every token that it was fitted to loses nothing of them, but
   * that of two entries closer than 0.0003 the wrong one may be taken: squares are compared in
   * single precision.
   */
  @ParameterizedTest
  @MethodSource("exact")
  void codesOfTheCalibrationItselfAreExact(VqConfig codes) {
    CacheCodebooks codebooks = CacheCodebooks.train(model, codes, List.of(text), QUANTIZER);
    Decoder plain = Decoder.over(model);
    Decoder coded = Decoder.over(model, codebooks, 3);
    for (int token : text) {
      assertThat(coded.next(token).clone()).containsExactly(plain.next(token), within(2e-3f));
    }
    assertThat(coded.cacheBytes()).isLessThan(plain.cacheBytes() / 3);
  }

  @Test
  void fewerEntriesThanTokensLoseSomething() {
    CacheCodebooks codebooks = CacheCodebooks.train(model, VqConfigs.PQ4, List.of(text), QUANTIZER);
    double plain = Texts.perplexity(Decoder.over(model), text);
    double coded = Texts.perplexity(Decoder.over(model, codebooks, 3), text);
    assertThat(Math.abs(Math.log(coded / plain))).isBetween(1e-3, 0.7);
  }

  @Test
  void aWindowOverAllOfTheTextChangesNothing() {
    CacheCodebooks codebooks = CacheCodebooks.train(model, VqConfigs.PQ4, List.of(text), QUANTIZER);
    Decoder plain = Decoder.over(model);
    Decoder coded = Decoder.over(model, codebooks, text.length);
    for (int token : text) {
      assertThat(coded.next(token).clone()).containsExactly(plain.next(token));
    }
  }

  @Test
  void codebooksOfAnotherKindAreRefused() {
    assertThatThrownBy(
            () -> CacheCodebooks.train(model, VqConfigs.AQLM_3, List.of(text), QUANTIZER))
        .hasMessage(
            "aqlm-3, VQ<8, 12, 2>, has no code of at most 8 bits for each channel group of a head"
                + " of 16");
    CacheCodebooks codebooks = CacheCodebooks.train(model, VqConfigs.PQ4, List.of(text), QUANTIZER);
    Llama other = Llama.of(TinyLlama.drawn(99));
    assertThatThrownBy(() -> Decoder.over(other, codebooks, 3))
        .hasMessageStartingWith("Codebooks of LlamaConfig[")
        .hasMessageContaining(" do not fit ");
  }
}
