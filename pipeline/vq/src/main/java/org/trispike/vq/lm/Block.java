package org.trispike.vq.lm;

/** The weights of one block, ready to be multiplied; named as in {@link LayerWeights}. */
record Block(
    float[] attentionNorm,
    MatrixVector query,
    MatrixVector key,
    MatrixVector value,
    MatrixVector output,
    float[] feedNorm,
    MatrixVector gate,
    MatrixVector up,
    MatrixVector down) {}
