package org.trispike.vq.lm;

import java.util.List;
import java.util.stream.IntStream;

/** One sequence: a model, a key/value cache a layer, and the position. */
public final class Decoder {
  private final Llama model;
  private final LlamaConfig config;
  private final List<KeyValueCache> caches;
  private final Rope rope;
  private final float[] stream;
  private final float[] normed;
  private final float[] queries;
  private final float[] keys;
  private final float[] values;
  private final float[] mixed;
  private final float[] gate;
  private final float[] up;
  private final float[] logits;
  private int position;

  Decoder(Llama model, List<KeyValueCache> caches) {
    this.model = model;
    this.config = model.config();
    this.caches = caches;
    this.rope = new Rope(config.headWidth(), config.ropeBase());
    this.stream = new float[config.width()];
    this.normed = new float[config.width()];
    this.queries = new float[config.width()];
    this.keys = new float[config.keyWidth()];
    this.values = new float[config.keyWidth()];
    this.mixed = new float[config.width()];
    this.gate = new float[config.hidden()];
    this.up = new float[config.hidden()];
    this.logits = new float[config.vocabulary()];
  }

  /** Over a cache in full precision. */
  public static Decoder over(Llama model) {
    return new Decoder(
        model,
        IntStream.range(0, model.config().layers())
            .<KeyValueCache>mapToObj(layer -> DenseCache.of(model))
            .toList());
  }

  /**
   * Over codes, but for the last tokens.
   *
   * @param window tokens that stay in full precision, such as 32 to 128
   */
  public static Decoder over(Llama model, CacheCodebooks codebooks, int window) {
    codebooks.checkFor(model.config());
    return new Decoder(
        model,
        IntStream.range(0, model.config().layers())
            .<KeyValueCache>mapToObj(layer -> codebooks.cache(layer, model, window))
            .toList());
  }

  /** Tokens so far. */
  public int position() {
    return position;
  }

  /** Whether the context has no room for another token. */
  public boolean isFull() {
    return position == config.context();
  }

  /** Bytes that keys and values take now. */
  public long cacheBytes() {
    return caches.stream().mapToLong(KeyValueCache::bytes).sum();
  }

  /** Takes the next token; a logit for each that may follow, valid until the next call. */
  public float[] next(int token) {
    if (token < 0 || token >= config.vocabulary()) {
      throw new IllegalArgumentException(
          "Token " + token + " is outside 0.." + (config.vocabulary() - 1));
    }
    if (isFull()) {
      throw new IllegalStateException("The context of " + position + " tokens is full");
    }
    rope.position(position++);
    model.embedding().row(token, stream);
    for (int layer = 0; layer < caches.size(); layer++) {
      attend(model.blocks().get(layer), caches.get(layer));
      feed(model.blocks().get(layer));
    }
    normalize(model.finalNorm());
    model.classifier().apply(normed, logits);
    return logits;
  }

  private void attend(Block block, KeyValueCache cache) {
    normalize(block.attentionNorm());
    block.query().apply(normed, queries);
    block.key().apply(normed, keys);
    block.value().apply(normed, values);
    rope.rotate(queries);
    rope.rotate(keys);
    cache.append(keys, values);
    cache.attend(queries, mixed);
    block.output().apply(mixed, normed);
    addToStream();
  }

  private void feed(Block block) {
    normalize(block.feedNorm());
    block.gate().apply(normed, gate);
    block.up().apply(normed, up);
    for (int i = 0; i < gate.length; i++) {
      gate[i] = (float) (gate[i] / (1 + Math.exp(-gate[i]))) * up[i];
    }
    block.down().apply(gate, normed);
    addToStream();
  }

  private void addToStream() {
    for (int i = 0; i < stream.length; i++) {
      stream[i] += normed[i];
    }
  }

  private void normalize(float[] gain) {
    float squares = model.lanes().dot(stream, 0, stream, 0, stream.length);
    float scale = (float) (1 / Math.sqrt(squares / stream.length + config.epsilon()));
    for (int i = 0; i < stream.length; i++) {
      normed[i] = gain[i] * (scale * stream[i]);
    }
  }
}
