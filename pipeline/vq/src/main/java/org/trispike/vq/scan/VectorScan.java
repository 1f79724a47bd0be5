package org.trispike.vq.scan;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tables in registers: one shuffle looks up as many rows as a vector has bytes (André, Kermarrec,
 * Le Scouarnec: Cache Locality is not Enough, VLDB 2015).
 *
 * <p>Four look-ups of two pairs add up in a byte, see {@link QueryTable}. These sums are summed in
 * 16 bits without being taken apart: seen as shorts, two neighbours are even + 256 · odd; A sums
 * these and O the odd ones, both modulo 2^16, and even = A − 256 · O is exact as long as its own
 * sum is below 2^16. So at most 260 of them are summed before they join the ints.
 */
final class VectorScan implements Scan {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
  private static final int LANES = BYTES.length();

  /** Pairs whose sums, 252 at most for two of them, fit into 16 bits. */
  private static final int PAIRS = 512;

  /** Pairs up to which the sum of a row, two bytes of at most 63 for each, is a signed short. */
  private static final int SIGNED = Short.MAX_VALUE / (2 * QueryTable.TOP);

  /** Whether vectors fill a block and are wide enough for shuffles to be fast. */
  static boolean fits() {
    return LANES >= 32 && ScanBank.BLOCK % LANES == 0;
  }

  @Override
  public boolean sums(ByteBuffer codes, int at, int pairs, byte[] table, int least, int[] sums) {
    Arrays.fill(sums, 0);
    int bound = pairs <= SIGNED ? least : 0;
    boolean any = false;
    for (int first = 0; first < pairs; first += PAIRS) {
      int last = Math.min(first + PAIRS, pairs);
      for (int row = 0; row < ScanBank.BLOCK; row += LANES) {
        any |= add(codes, at + row, first, last, table, bound, sums, row);
      }
    }
    return any;
  }

  /** Adds to the sums of some rows, unless all stay below {@code least}. */
  private static boolean add(
      ByteBuffer codes, int at, int first, int last, byte[] table, int least, int[] sums, int row) {
    ShortVector all = ShortVector.zero(SHORTS);
    ShortVector odd = ShortVector.zero(SHORTS);
    int pair = first;
    for (; pair + 1 < last; pair += 2) {
      ByteVector four = two(codes, at, pair, table).add(two(codes, at, pair + 1, table));
      all = all.add(four.reinterpretAsShorts());
      odd = odd.add(four.reinterpretAsShorts().lanewise(VectorOperators.LSHR, 8));
    }
    if (pair < last) {
      ShortVector rest = two(codes, at, pair, table).reinterpretAsShorts();
      all = all.add(rest);
      odd = odd.add(rest.lanewise(VectorOperators.LSHR, 8));
    }
    ShortVector even = all.sub(odd.lanewise(VectorOperators.LSHL, 8));
    if (least > 0 && !even.max(odd).compare(VectorOperators.GE, (short) least).anyTrue()) {
      return false;
    }
    // By way of memory: a lane of variable number is looked up far slower than written.
    short[] lanes = new short[LANES];
    even.intoArray(lanes, 0);
    odd.intoArray(lanes, LANES / 2);
    for (int i = 0; i < LANES / 2; i++) {
      sums[row + 2 * i] += lanes[i] & 0xffff;
      sums[row + 2 * i + 1] += lanes[LANES / 2 + i] & 0xffff;
    }
    return true;
  }

  /** Sums of the two look-ups of a pair, in bytes. */
  private static ByteVector two(ByteBuffer codes, int at, int pair, byte[] table) {
    int tables = 2 * pair * ScanBank.ENTRIES;
    // Of a mapped file it reads where the file lies; a copy in pieces took as long as the sums.
    ByteVector code =
        ByteVector.fromByteBuffer(
            BYTES, codes, at + pair * ScanBank.BLOCK, ByteOrder.LITTLE_ENDIAN);
    ByteVector low = code.and((byte) 15);
    // There is no shift of bytes: what comes in from the neighbour is masked off.
    ByteVector high =
        code.reinterpretAsShorts()
            .lanewise(VectorOperators.LSHR, 4)
            .reinterpretAsBytes()
            .and((byte) 15);
    return low.selectFrom(ByteVector.fromArray(BYTES, table, tables))
        .add(high.selectFrom(ByteVector.fromArray(BYTES, table, tables + ScanBank.ENTRIES)));
  }

  @Override
  public String description() {
    return "vector, " + BYTES.vectorBitSize() + " bit";
  }
}
