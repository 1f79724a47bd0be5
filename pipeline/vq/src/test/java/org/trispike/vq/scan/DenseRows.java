package org.trispike.vq.scan;

import java.util.List;
import java.util.stream.IntStream;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Whole rows, as floats and as bytes with a scale a row; products alone, the best not chosen. */
final class DenseRows {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int COLUMNS = BenchRows.COLUMNS;
  private static final int MOST = Integer.MAX_VALUE / COLUMNS;

  private final BenchBank bank;
  private final float[] floats;
  private final byte[] bytes;
  private final float[] scales;
  private final float[] scores;

  private DenseRows(BenchBank bank, float[] floats, byte[] bytes, float[] scales) {
    this.bank = bank;
    this.floats = floats;
    this.bytes = bytes;
    this.scales = scales;
    this.scores = new float[bank.rows];
  }

  /** Keeps what the ways need. */
  static DenseRows of(BenchBank bank, List<String> ways) {
    boolean float32 = ways.contains("float32");
    boolean int8 = ways.contains("int8");
    if ((float32 || int8) && bank.rows > MOST) {
      throw new IllegalArgumentException("More than " + MOST + " rows are no array of Java's");
    }
    float[] floats = new float[float32 ? bank.rows * COLUMNS : 0];
    byte[] bytes = new byte[int8 ? bank.rows * COLUMNS : 0];
    float[] scales = new float[int8 ? bank.rows : 0];
    float[] row = new float[COLUMNS];
    for (int i = 0; (float32 || int8) && i < bank.rows; i++) {
      bank.source.row(i, row);
      if (float32) {
        System.arraycopy(row, 0, floats, i * COLUMNS, COLUMNS);
      }
      if (int8) {
        float most = 0;
        for (float value : row) {
          most = Math.max(most, Math.abs(value));
        }
        scales[i] = most / 127;
        for (int c = 0; c < COLUMNS; c++) {
          bytes[i * COLUMNS + c] = (byte) Math.round(row[c] / scales[i]);
        }
      }
    }
    return new DenseRows(bank, floats, bytes, scales);
  }

  /** Rows for the exact ranking. */
  ExactRows exact() {
    return floats.length == 0
        ? bank.source
        : (row, target) -> System.arraycopy(floats, row * COLUMNS, target, 0, COLUMNS);
  }

  double int8Recall() {
    long found =
        IntStream.range(0, BenchBank.QUERIES)
            .filter(
                q -> {
                  bytes(bank.queries[q]);
                  int best = 0;
                  for (int row = 1; row < scores.length; row++) {
                    best = scores[row] > scores[best] ? row : best;
                  }
                  return best == bank.best[q];
                })
            .count();
    return found / (double) BenchBank.QUERIES;
  }

  void floats(float[] query) {
    for (int row = 0; row < scores.length; row++) {
      FloatVector even = FloatVector.zero(S);
      FloatVector odd = FloatVector.zero(S);
      for (int c = 0; c < COLUMNS; c += 2 * S.length()) {
        int at = row * COLUMNS + c;
        even = FloatVector.fromArray(S, floats, at).fma(FloatVector.fromArray(S, query, c), even);
        odd =
            FloatVector.fromArray(S, floats, at + S.length())
                .fma(FloatVector.fromArray(S, query, c + S.length()), odd);
      }
      scores[row] = even.add(odd).reduceLanes(VectorOperators.ADD);
    }
  }

  void bytes(float[] query) {
    Bytes.products(bytes, scales, query, scores);
  }

  /** Apart, so that narrow byte vectors are not even loaded where nobody asks for them. */
  private static final class Bytes {
    private static final VectorSpecies<Byte> B =
        VectorSpecies.of(byte.class, VectorShape.forBitSize(8 * S.length()));

    /** Bytes become floats in registers, a row's scale is applied to the sum. */
    static void products(byte[] bytes, float[] scales, float[] query, float[] scores) {
      for (int row = 0; row < scores.length; row++) {
        FloatVector even = FloatVector.zero(S);
        FloatVector odd = FloatVector.zero(S);
        for (int c = 0; c < COLUMNS; c += 2 * S.length()) {
          int at = row * COLUMNS + c;
          even = floats(bytes, at).fma(FloatVector.fromArray(S, query, c), even);
          odd =
              floats(bytes, at + S.length())
                  .fma(FloatVector.fromArray(S, query, c + S.length()), odd);
        }
        scores[row] = scales[row] * even.add(odd).reduceLanes(VectorOperators.ADD);
      }
    }

    private static FloatVector floats(byte[] bytes, int at) {
      return (FloatVector) ByteVector.fromArray(B, bytes, at).castShape(S, 0);
    }
  }
}
