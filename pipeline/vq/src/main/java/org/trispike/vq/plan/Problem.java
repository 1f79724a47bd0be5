package org.trispike.vq.plan;

import org.trispike.vq.CodebookKind;
import org.trispike.vq.CodebookScope;
import org.trispike.vq.E8p;
import org.trispike.vq.VqConfig;

/**
 * One operation at one size.
 *
 * @param rows outputs, or tokens
 * @param columns inputs, or heads · channels
 * @param heads of a cache; 1 for weights
 * @param batch activations, or sequences
 */
public record Problem(Op op, VqConfig config, int rows, int columns, int heads, int batch) {
  /** Outputs and activations of a block of a GeMM, and outputs of a block of a GeMV. */
  public static final int TILE = 128;

  /** Tokens of a block of attention. */
  public static final int TOKENS = 256;

  /** Bytes of an entry's element, and of a product's: half precision. */
  private static final int HALF = 2;

  /** Bytes of a partial sum. */
  private static final int SINGLE = 4;

  /** A row of the E8P table: eight nibbles. */
  private static final int E8P_ROW = 4;

  public Problem {
    if (rows < 1 || columns < 1 || batch < 1 || heads < 1 || columns % heads != 0) {
      throw new IllegalArgumentException(
          rows + " rows, " + columns + " columns, " + heads + " heads, batch " + batch);
    }
    if (!op.onCache() && heads != 1) {
      throw new IllegalArgumentException("Weights have no " + heads + " heads");
    }
  }

  /** A product with weights [outputs, inputs]. */
  public static Problem weights(Op op, VqConfig config, int outputs, int inputs, int batch) {
    return new Problem(op, config, outputs, inputs, 1, batch);
  }

  /** Attention to a cache of [tokens, heads · channels]. */
  public static Problem cache(
      Op op, VqConfig config, int tokens, int heads, int channels, int batch) {
    return new Problem(op, config, tokens, heads * channels, heads, batch);
  }

  /** Columns of a head; all columns of weights. */
  public int channels() {
    return columns / heads;
  }

  /** Bytes of an entry as a kernel holds it. */
  public int entryBytes() {
    return config.kind() == CodebookKind.E8P ? E8P_ROW : HALF * config.vectorLength();
  }

  /** Entries of a codebook as a kernel holds it. */
  public int storedEntries() {
    return config.kind() == CodebookKind.E8P ? E8p.ROWS : config.entries();
  }

  /**
   * Codebooks that a block of the unsplit kernel meets, each round's counted: it has a tile of
   * outputs and all inputs, or some tokens and all channels of one head.
   */
  int codebooksOfBlock() {
    CodebookScope scope = config.scope();
    int down = scope.down(Math.min(rows, op.onCache() ? TOKENS : TILE));
    return down * scope.across(channels()) * config.rounds();
  }

  /** Bytes of codebooks that such a block reads. */
  public long codebookBytesOfBlock() {
    return (long) codebooksOfBlock() * storedEntries() * entryBytes();
  }

  /** Bytes of results that such a block writes. */
  public long outputBytesOfBlock() {
    return switch (op) {
      case GEMM -> (long) HALF * Math.min(rows, TILE) * Math.min(batch, TILE);
      case GEMV -> (long) HALF * Math.min(rows, TILE) * batch;
      case ATTENTION_K -> (long) SINGLE * Math.min(rows, TOKENS);
      case ATTENTION_V -> (long) SINGLE * channels();
    };
  }
}
