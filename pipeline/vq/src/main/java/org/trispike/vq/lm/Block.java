package org.trispike.vq.lm;

import org.trispike.vq.cpu.MatrixVector;

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
