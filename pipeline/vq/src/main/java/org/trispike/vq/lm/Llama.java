package org.trispike.vq.lm;

import java.util.List;
import java.util.function.Function;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.VqConfig;
import org.trispike.vq.train.Quantizer;

/**
 * A decoder of the Llama family: RMSNorm, rotary positions, grouped-query attention, SwiGLU
 * (Touvron et al., 2023). Its matrices keep buffers, so one thread uses it at a time.
 */
public final class Llama {
  private final LlamaConfig config;
  private final Lanes lanes;
  private final Table embedding;
  private final List<Block> blocks;
  private final float[] finalNorm;
  private final MatrixVector classifier;

  private Llama(
      LlamaConfig config,
      Lanes lanes,
      Table embedding,
      List<Block> blocks,
      float[] finalNorm,
      MatrixVector classifier) {
    this.config = config;
    this.lanes = lanes;
    this.embedding = embedding;
    this.blocks = blocks;
    this.finalNorm = finalNorm;
    this.classifier = classifier;
  }

  /** In full precision. */
  public static Llama of(LlamaWeights weights) {
    return of(weights, Lanes.fastest());
  }

  static Llama of(LlamaWeights weights, Lanes lanes) {
    Function<FloatArray, DenseMatrix> dense = matrix -> new DenseMatrix(lanes, matrix);
    DenseMatrix embedding = dense.apply(weights.embedding());
    return new Llama(
        weights.config(),
        lanes,
        embedding,
        blocks(weights, dense),
        weights.finalNorm().data(),
        shared(weights) ? embedding : dense.apply(weights.classifier()));
  }

  /** With every matrix as codes, embedding and classifier included; gains stay as they are. */
  public static Llama quantized(LlamaWeights weights, Quantizer quantizer, VqConfig codes) {
    Lanes lanes = Lanes.fastest();
    Function<FloatArray, VqMatrix> coded =
        matrix -> new VqMatrix(lanes, quantizer.quantize(matrix, codes));
    VqMatrix embedding = coded.apply(weights.embedding());
    return new Llama(
        weights.config(),
        lanes,
        embedding,
        blocks(weights, coded),
        weights.finalNorm().data(),
        shared(weights) ? embedding : coded.apply(weights.classifier()));
  }

  private static boolean shared(LlamaWeights weights) {
    return weights.classifier() == weights.embedding();
  }

  private static List<Block> blocks(
      LlamaWeights weights, Function<FloatArray, ? extends MatrixVector> matrix) {
    return weights.layers().stream()
        .map(
            layer ->
                new Block(
                    layer.attentionNorm().data(),
                    matrix.apply(layer.query()),
                    matrix.apply(layer.key()),
                    matrix.apply(layer.value()),
                    matrix.apply(layer.output()),
                    layer.feedNorm().data(),
                    matrix.apply(layer.gate()),
                    matrix.apply(layer.up()),
                    matrix.apply(layer.down())))
        .toList();
  }

  public LlamaConfig config() {
    return config;
  }

  Lanes lanes() {
    return lanes;
  }

  Table embedding() {
    return embedding;
  }

  List<Block> blocks() {
    return blocks;
  }

  float[] finalNorm() {
    return finalNorm;
  }

  MatrixVector classifier() {
    return classifier;
  }
}
