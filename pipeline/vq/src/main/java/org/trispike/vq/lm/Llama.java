package org.trispike.vq.lm;

import java.util.List;
import java.util.function.Function;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqTensor;
import org.trispike.vq.cpu.MatrixVector;
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

  /**
   * With every matrix as codes, embedding and classifier included, which are decoded row by row;
   * gains stay as they are.
   */
  public static Llama quantized(LlamaWeights weights, Quantizer quantizer, VqConfig codes) {
    Lanes lanes = Lanes.fastest();
    return quantized(weights, quantizer, codes, tensor -> new VqMatrix(lanes, tensor));
  }

  /**
   * The same with other products, such as {@code vectors::of} of a {@link
   * org.trispike.vq.cpu.MatrixVectors}, which takes what is fastest here.
   */
  public static Llama quantized(
      LlamaWeights weights,
      Quantizer quantizer,
      VqConfig codes,
      Function<VqTensor, MatrixVector> product) {
    Lanes lanes = Lanes.fastest();
    VqTensor embedding = quantizer.quantize(weights.embedding(), codes);
    return new Llama(
        weights.config(),
        lanes,
        new VqMatrix(lanes, embedding),
        blocks(weights, matrix -> product.apply(quantizer.quantize(matrix, codes))),
        weights.finalNorm().data(),
        product.apply(
            shared(weights) ? embedding : quantizer.quantize(weights.classifier(), codes)));
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
