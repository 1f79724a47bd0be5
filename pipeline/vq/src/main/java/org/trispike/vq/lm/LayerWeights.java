package org.trispike.vq.lm;

import org.trispike.kernels.io.FloatArray;

/**
 * The weights of one block; matrices are [outputs, inputs].
 *
 * @param attentionNorm gain before attention
 * @param query to all heads
 * @param key to all key heads
 * @param value to all key heads
 * @param output from all heads
 * @param feedNorm gain before the feed-forward layers
 * @param gate whose SiLU multiplies {@code up}
 * @param up width to hidden
 * @param down hidden to width
 */
public record LayerWeights(
    FloatArray attentionNorm,
    FloatArray query,
    FloatArray key,
    FloatArray value,
    FloatArray output,
    FloatArray feedNorm,
    FloatArray gate,
    FloatArray up,
    FloatArray down) {

  void checkShapes(LlamaConfig config) {
    int width = config.width();
    attentionNorm.checkShape("attention norm", width);
    query.checkShape("query", width, width);
    key.checkShape("key", config.keyWidth(), width);
    value.checkShape("value", config.keyWidth(), width);
    output.checkShape("output", width, width);
    feedNorm.checkShape("feed norm", width);
    gate.checkShape("gate", config.hidden(), width);
    up.checkShape("up", config.hidden(), width);
    down.checkShape("down", width, config.hidden());
  }
}
