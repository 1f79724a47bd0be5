package org.trispike.vq.lm;

import java.util.List;

/** Full precision. */
final class DenseCache implements KeyValueCache {
  private final DenseTokens keys;
  private final DenseTokens values;
  private final Attention attention;

  DenseCache(Lanes lanes, int heads, int keyHeads, int channels) {
    this.keys = new DenseTokens(lanes, keyHeads, channels);
    this.values = new DenseTokens(lanes, keyHeads, channels);
    this.attention = new Attention(lanes, heads, keyHeads, channels);
  }

  static DenseCache of(Llama model) {
    LlamaConfig config = model.config();
    return new DenseCache(model.lanes(), config.heads(), config.keyHeads(), config.headWidth());
  }

  @Override
  public void append(float[] newKeys, float[] newValues) {
    int slot = keys.count();
    keys.set(slot, newKeys);
    values.set(slot, newValues);
  }

  @Override
  public void attend(float[] queries, float[] mixed) {
    attention.attend(queries, List.of(keys), List.of(values), mixed);
  }

  @Override
  public long bytes() {
    return keys.bytes() + values.bytes();
  }
}
