package org.trispike.vq.lm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.trispike.kernels.Computes;
import org.trispike.vq.VqConfig;
import org.trispike.vq.train.Quantizer;
import org.trispike.vq.train.QuantizerOptions;

/**
 * Perplexity of stories260K with its weights, or its cache, as codes: of the reference text, and of
 * texts that the full model draws at temperature 1. Codebooks of the cache are fitted to other
 * texts that it draws.
 *
 * <p>{@code java --add-modules jdk.incubator.vector -Dtrispike.shared=… …
 * org.trispike.vq.lm.PerplexityBench}
 */
final class PerplexityBench {
  private static final int TEXTS = 8;
  private static final int CALIBRATION_TEXTS = 16;
  private static final int[] WINDOWS = {1, 32};

  private PerplexityBench() {}

  public static void main(String[] args) throws IOException {
    Stories stories = Stories.read();
    Llama full = stories.model();
    Quantizer quantizer = new Quantizer(Computes.cpu(1), QuantizerOptions.defaults());
    int limit = full.config().context();
    List<int[]> drawn = drawn(stories, full, 1, TEXTS, limit);
    List<int[]> calibration = drawn(stories, full, 1000, CALIBRATION_TEXTS, limit);
    print("full precision", stories, drawn, () -> Decoder.over(full));
    for (VqConfig codes : LmCodes.weights()) {
      Llama coded = Llama.quantized(stories.weights(), quantizer, codes);
      print("weights " + codes.signature(), stories, drawn, () -> Decoder.over(coded));
    }
    for (VqConfig codes : LmCodes.cache()) {
      CacheCodebooks codebooks = CacheCodebooks.train(full, codes, calibration, quantizer);
      for (int window : WINDOWS) {
        print(
            "cache " + codes.signature() + ", window " + window,
            stories,
            drawn,
            () -> Decoder.over(full, codebooks, window));
      }
    }
  }

  private static List<int[]> drawn(Stories stories, Llama model, long seed, int texts, int limit) {
    List<int[]> drawn = new ArrayList<>();
    for (int i = 0; i < texts; i++) {
      drawn.add(stories.drawn(model, seed + i, limit));
    }
    return drawn;
  }

  private static void print(
      String what, Stories stories, List<int[]> drawn, Supplier<Decoder> decoder) {
    double surprise = 0;
    int tokens = 0;
    for (int[] text : drawn) {
      surprise += (text.length - 1) * Math.log(Texts.perplexity(decoder.get(), text));
      tokens += text.length - 1;
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %.3f | %.3f |  (%d tokens)%n",
        what,
        Texts.perplexity(decoder.get(), stories.reference()),
        Math.exp(surprise / tokens),
        tokens);
  }
}
