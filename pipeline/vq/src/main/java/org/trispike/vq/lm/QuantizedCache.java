package org.trispike.vq.lm;

import java.util.List;

/**
 * Codes, but for the most recent tokens, which wait in full precision in a window. A token is
 * encoded when it leaves the window: not before, because attention mostly looks at recent tokens.
 */
final class QuantizedCache implements KeyValueCache {
  private final CodedTokens oldKeys;
  private final CodedTokens oldValues;
  private final DenseTokens newKeys;
  private final DenseTokens newValues;
  private final Attention attention;
  private final int window;
  private final float[] leaving;

  /** Tokens so far; the one that leaves next is at this number modulo the window. */
  private int tokens;

  QuantizedCache(
      Lanes lanes,
      ChannelCodebooks keys,
      ChannelCodebooks values,
      int heads,
      int keyHeads,
      int channels,
      int window) {
    if (window < 1) {
      throw new IllegalArgumentException("A window of " + window + " has no room for a token");
    }
    this.oldKeys = new CodedTokens(lanes, keys, channels);
    this.oldValues = new CodedTokens(lanes, values, channels);
    this.newKeys = new DenseTokens(lanes, keyHeads, channels);
    this.newValues = new DenseTokens(lanes, keyHeads, channels);
    this.attention = new Attention(lanes, heads, keyHeads, channels);
    this.window = window;
    this.leaving = new float[keyHeads * channels];
  }

  @Override
  public void append(float[] keys, float[] values) {
    int slot = tokens % window;
    if (tokens >= window) {
      newKeys.get(slot, leaving);
      oldKeys.append(leaving);
      newValues.get(slot, leaving);
      oldValues.append(leaving);
    }
    newKeys.set(slot, keys);
    newValues.set(slot, values);
    tokens++;
  }

  @Override
  public void attend(float[] queries, float[] mixed) {
    attention.attend(queries, List.of(oldKeys, newKeys), List.of(oldValues, newValues), mixed);
  }

  @Override
  public long bytes() {
    return oldKeys.bytes() + oldValues.bytes() + newKeys.bytes() + newValues.bytes();
  }
}
