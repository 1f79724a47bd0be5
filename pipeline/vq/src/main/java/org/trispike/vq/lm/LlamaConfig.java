package org.trispike.vq.lm;

/**
 * Sizes and constants of a Llama-style decoder.
 *
 * @param width of the residual stream
 * @param hidden width of the feed-forward layers
 * @param layers blocks of attention and feed-forward
 * @param heads query heads, among which the width is shared out
 * @param keyHeads key/value heads, each serving heads / keyHeads query heads
 * @param vocabulary tokens
 * @param context tokens of the longest sequence
 * @param ropeBase the base of the rotary angles, 10,000 as published
 * @param epsilon added to the mean square in RMSNorm
 */
public record LlamaConfig(
    int width,
    int hidden,
    int layers,
    int heads,
    int keyHeads,
    int vocabulary,
    int context,
    double ropeBase,
    float epsilon) {
  public LlamaConfig {
    check(width >= 1 && hidden >= 1 && layers >= 1, "Width, hidden and layers", width, hidden);
    check(heads >= 1 && width % heads == 0, "Heads of the width", heads, width);
    check(width / heads % 2 == 0, "Head width, which rotates in pairs,", width / heads, 2);
    check(keyHeads >= 1 && heads % keyHeads == 0, "Key heads of the heads", keyHeads, heads);
    check(vocabulary >= 1 && context >= 1, "Vocabulary and context", vocabulary, context);
    check(
        (long) width * Math.max(width, Math.max(hidden, vocabulary)) <= Integer.MAX_VALUE - 8,
        "A matrix of the width, beyond an array,",
        width,
        Math.max(hidden, vocabulary));
    check(ropeBase > 1 && epsilon > 0, "Rotary base and epsilon", ropeBase, epsilon);
  }

  /** Channels of a head. */
  public int headWidth() {
    return width / heads;
  }

  /** Channels of all key heads. */
  public int keyWidth() {
    return headWidth() * keyHeads;
  }

  private static void check(boolean ok, String what, Object first, Object second) {
    if (!ok) {
      throw new IllegalArgumentException(what + " cannot be " + first + " and " + second);
    }
  }
}
