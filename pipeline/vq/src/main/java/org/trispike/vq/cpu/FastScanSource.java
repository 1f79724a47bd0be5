package org.trispike.vq.cpu;

/**
 * Writes a {@link ScanKernel}: 16-entry tables in registers, one shuffle for as many rows as a
 * vector has bytes (André, Kermarrec, Le Scouarnec: Cache Locality is not Enough, VLDB 2015).
 *
 * <p>Codes are blocks of rows; in a block, pair after pair of sub-spaces, the first in the low half
 * of a byte. Rows of the first half of a block have the even bytes, those of the second the odd
 * ones. Bytes are summed in 16 bits without being taken apart: seen as shorts, two neighbours are
 * even + 256 · odd; {@code all} sums these and {@code odd} the odd ones, both modulo 2^16, and even
 * = all − 256 · odd. With at most {@link #MOST_SUBSPACES} the sums are positive shorts.
 */
final class FastScanSource {
  /** Pairs of one step. */
  private static final int UNROLL = 4;

  /** To a multiple of which sub-spaces are filled up. */
  static final int SUBSPACE_UNIT = 2 * UNROLL;

  /**
   * Sub-spaces that share one step: 128 bytes fit into 15 bits, but the more share it, the coarser
   * it is.
   */
  static final int MOST_SUBSPACES = 64;

  /** Rows of a block without vectors. */
  private static final int SCALAR_BLOCK = 32;

  private FastScanSource() {}

  /** Rows of a block: bytes of a vector. */
  static int block(Lanes lanes) {
    return lanes.width() == 1 ? SCALAR_BLOCK : Float.BYTES * lanes.width();
  }

  /** Where a row's byte lies in a pair's bytes. */
  static int slot(int row, int block) {
    return row < block / 2 ? 2 * row : 2 * row - block + 1;
  }

  /** Blocks of so many rows; see above. */
  static CodeOrder order(int block) {
    return (codes, at, row, rows, subspace, subspaces, code) -> {
      int pair = row / block * (subspaces / 2) + subspace / 2;
      codes[at + pair * block + slot(row % block, block)] |= (byte) (code << (4 * (subspace % 2)));
    };
  }

  static String of(Lanes lanes) {
    return lanes.width() == 1 ? scalar() : vector(lanes.width());
  }

  private static String vector(int width) {
    int block = Float.BYTES * width;
    StringBuilder pairs = new StringBuilder();
    for (int i = 0; i < UNROLL; i++) {
      pairs.append(pair(i, block));
    }
    StringBuilder flush = new StringBuilder();
    for (int piece = 0; piece < 4; piece++) {
      flush.append(flush(piece < 2 ? "even" : "odd", piece % 2, piece * width));
    }
    return """
        package org.trispike.vq.cpu;

        import jdk.incubator.vector.ByteVector;
        import jdk.incubator.vector.FloatVector;
        import jdk.incubator.vector.ShortVector;
        import jdk.incubator.vector.VectorOperators;
        import jdk.incubator.vector.VectorSpecies;

        final class FastScan implements ScanKernel {
          private static final VectorSpecies B = ByteVector.SPECIES_%1$d;
          private static final VectorSpecies S = ShortVector.SPECIES_%1$d;
          private static final VectorSpecies F = FloatVector.SPECIES_%1$d;

          public void add(
              byte[] codes, int at, byte[] tables, int pairs, float base, float step,
              float[] sums, int rows) {
            for (int row = 0; row < rows; row += %2$d) {
              ShortVector all = ShortVector.zero(S);
              ShortVector odd = ShortVector.zero(S);
              for (int pair = 0; pair < pairs; pair += %3$d) {
                int table = 32 * pair;
        %4$s        at += %5$d;
              }
              ShortVector even = all.sub(odd.lanewise(VectorOperators.LSHL, 8L));
        %6$s    }
          }
        }
        """
        .formatted(8 * block, block, UNROLL, pairs, UNROLL * block, flush);
  }

  /** There is no shift of bytes: what comes in from the neighbour is masked off. */
  private static String pair(int i, int block) {
    return """
                ByteVector c%1$d = ByteVector.fromArray(B, codes, at + %2$d);
                ShortVector a%1$d = c%1$d.and((byte) 15)
                    .selectFrom(ByteVector.fromArray(B, tables, table + %3$d))
                    .reinterpretAsShorts();
                ShortVector b%1$d = c%1$d.reinterpretAsShorts()
                    .lanewise(VectorOperators.LSHR, 4L).reinterpretAsBytes().and((byte) 15)
                    .selectFrom(ByteVector.fromArray(B, tables, table + %4$d))
                    .reinterpretAsShorts();
                all = all.add(a%1$d).add(b%1$d);
                odd = odd.add(a%1$d.lanewise(VectorOperators.LSHR, 8L))
                    .add(b%1$d.lanewise(VectorOperators.LSHR, 8L));
        """
        .formatted(i, i * block, 2 * i * ByteTables.WIDTH, (2 * i + 1) * ByteTables.WIDTH);
  }

  private static String flush(String shorts, int part, int offset) {
    return """
              ((FloatVector) %1$s.castShape(F, %2$d)).mul(step)
                  .add(FloatVector.fromArray(F, sums, row + %3$d).add(base))
                  .intoArray(sums, row + %3$d);
        """
        .formatted(shorts, part, offset);
  }

  private static String scalar() {
    return """
        package org.trispike.vq.cpu;

        final class FastScan implements ScanKernel {
          public void add(
              byte[] codes, int at, byte[] tables, int pairs, float base, float step,
              float[] sums, int rows) {
            for (int row = 0; row < rows; row++) {
              int place = at + row / %1$d * pairs * %1$d + FastScanSource.slot(row %% %1$d, %1$d);
              int sum = 0;
              for (int pair = 0; pair < pairs; pair++) {
                int code = codes[place + pair * %1$d];
                sum += (tables[32 * pair + (code & 15)] & 255)
                    + (tables[32 * pair + 16 + (code >> 4 & 15)] & 255);
              }
              sums[row] = sum * step + (sums[row] + base);
            }
          }
        }
        """
        .formatted(SCALAR_BLOCK);
  }
}
