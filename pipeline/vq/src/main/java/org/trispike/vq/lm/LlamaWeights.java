package org.trispike.vq.lm;

import java.util.List;
import org.trispike.kernels.io.FloatArray;

/**
 * All weights of a decoder in full precision.
 *
 * @param config sizes
 * @param embedding [vocabulary, width]
 * @param layers one after the other
 * @param finalNorm gain before the classifier
 * @param classifier [vocabulary, width]; the embedding itself where they are shared
 */
public record LlamaWeights(
    LlamaConfig config,
    FloatArray embedding,
    List<LayerWeights> layers,
    FloatArray finalNorm,
    FloatArray classifier) {
  public LlamaWeights {
    layers = List.copyOf(layers);
    if (layers.size() != config.layers()) {
      throw new IllegalArgumentException(layers.size() + " layers, not " + config.layers());
    }
    embedding.checkShape("embedding", config.vocabulary(), config.width());
    layers.forEach(layer -> layer.checkShapes(config));
    finalNorm.checkShape("final norm", config.width());
    classifier.checkShape("classifier", config.vocabulary(), config.width());
  }
}
