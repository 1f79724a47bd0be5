package org.trispike.vq.lm;

import java.util.Arrays;

/** What is done with a decoder: texts continued, and texts judged. */
public final class Texts {
  private Texts() {}

  /**
   * Feeds the prompt and draws at most {@code limit} tokens behind it, fewer where the model ends
   * its text or the context is full. The decoder may have read something before.
   *
   * @param prompt tokens, at least one
   */
  public static int[] continued(Decoder decoder, int[] prompt, int limit, Sampler sampler) {
    if (prompt.length == 0) {
      throw new IllegalArgumentException("A prompt without tokens");
    }
    float[] logits = null;
    for (int token : prompt) {
      logits = decoder.next(token);
    }
    int[] text = new int[limit];
    int length = 0;
    while (length < limit) {
      int token = sampler.choose(logits);
      if (token == Tokenizer.BEGIN || token == Tokenizer.END) {
        break;
      }
      text[length++] = token;
      if (length == limit || decoder.isFull()) {
        break;
      }
      logits = decoder.next(token);
    }
    return Arrays.copyOf(text, length);
  }

  /**
   * e^(mean of −ln p) of every token but the first, given those before it.
   *
   * @param text tokens, of which the first is usually {@link Tokenizer#BEGIN}
   */
  public static double perplexity(Decoder decoder, int[] text) {
    if (text.length < 2) {
      throw new IllegalArgumentException(text.length + " tokens have nothing to be predicted");
    }
    double surprise = 0;
    for (int i = 0; i + 1 < text.length; i++) {
      surprise += Logits.surprise(decoder.next(text[i]), text[i + 1]);
    }
    return Math.exp(surprise / (text.length - 1));
  }
}
