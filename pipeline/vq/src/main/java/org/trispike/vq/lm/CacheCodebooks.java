package org.trispike.vq.lm;

import java.util.ArrayList;
import java.util.List;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.TrainedCodebooks;
import org.trispike.vq.VqConfig;
import org.trispike.vq.train.Quantizer;

/**
 * Codebooks for a model's keys and values: one for every layer, head and channel group, fitted to
 * the cache of some texts (Zhang et al., KV Cache is 1 Bit Per Channel, NeurIPS 2024). Keys are
 * those behind the rotation of their positions, because scores come from tables of the rotated
 * query.
 *
 * <p>Texts should be like those to come, and have several times as many tokens as a codebook has
 * entries.
 */
public final class CacheCodebooks {
  private record Layer(ChannelCodebooks keys, ChannelCodebooks values) {}

  private final LlamaConfig config;
  private final VqConfig codes;
  private final List<Layer> layers;

  private CacheCodebooks(LlamaConfig config, VqConfig codes, List<Layer> layers) {
    this.config = config;
    this.codes = codes;
    this.layers = layers;
  }

  /**
   * Runs the texts and fits codebooks to what the cache holds.
   *
   * @param codes of one round and at most 8 bits, for channel groups that divide a head: CQ-4, CQ-2
   * @param texts tokens, each a sequence of its own
   */
  public static CacheCodebooks train(
      Llama model, VqConfig codes, List<int[]> texts, Quantizer quantizer) {
    LlamaConfig config = model.config();
    ChannelCodebooks.check(codes, config.headWidth());
    int tokens = texts.stream().mapToInt(text -> text.length).sum();
    List<Recording> recordings = new ArrayList<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      recordings.add(new Recording(tokens, config.keyWidth()));
    }
    for (int[] text : texts) {
      List<KeyValueCache> caches = new ArrayList<>();
      recordings.forEach(recording -> caches.add(recording.over(DenseCache.of(model))));
      Decoder decoder = new Decoder(model, caches);
      for (int token : text) {
        decoder.next(token);
      }
    }
    List<Layer> layers = new ArrayList<>();
    for (Recording recording : recordings) {
      layers.add(
          new Layer(
              fit(recording.keys(), codes, quantizer), fit(recording.values(), codes, quantizer)));
    }
    return new CacheCodebooks(config, codes, layers);
  }

  private static ChannelCodebooks fit(FloatArray rows, VqConfig codes, Quantizer quantizer) {
    return new ChannelCodebooks((TrainedCodebooks) quantizer.quantize(rows, codes).codebooks());
  }

  public VqConfig codes() {
    return codes;
  }

  void checkFor(LlamaConfig other) {
    if (!config.equals(other)) {
      throw new IllegalArgumentException("Codebooks of " + config + " do not fit " + other);
    }
  }

  KeyValueCache cache(int layer, Llama model, int window) {
    return new QuantizedCache(
        model.lanes(),
        layers.get(layer).keys(),
        layers.get(layer).values(),
        config.heads(),
        config.keyHeads(),
        config.headWidth(),
        window);
  }
}
