package org.trispike.vq.scan;

import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tables in registers: one shuffle looks up as many rows as a vector has bytes (André, Kermarrec,
 * Le Scouarnec: Cache Locality is not Enough, VLDB 2015).
 *
 * <p>Bytes are summed in 16 bits without being taken apart. Seen as shorts, two neighbours are even
 * + 256 · odd; A sums these and O the odd ones, both modulo 2^16, and even = A − 256 · O is exact
 * as long as its own sum is below 2^16. So at most 257 bytes are summed before they join the ints.
 */
final class VectorScan implements Scan {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
  private static final int LANES = BYTES.length();

  /** Pairs whose 256 bytes fit into 16 bits. */
  private static final int PAIRS = 128;

  /** Whether vectors fill a block and are wide enough for shuffles to be fast. */
  static boolean fits() {
    return LANES >= 32 && ScanBank.BLOCK % LANES == 0;
  }

  @Override
  public void sums(byte[] codes, int at, int pairs, byte[] table, int[] sums) {
    Arrays.fill(sums, 0);
    for (int first = 0; first < pairs; first += PAIRS) {
      int last = Math.min(first + PAIRS, pairs);
      for (int row = 0; row < ScanBank.BLOCK; row += LANES) {
        add(codes, at + row, first, last, table, sums, row);
      }
    }
  }

  private static void add(
      byte[] codes, int at, int first, int last, byte[] table, int[] sums, int row) {
    ShortVector all = ShortVector.zero(SHORTS);
    ShortVector odd = ShortVector.zero(SHORTS);
    for (int pair = first; pair < last; pair++) {
      int tables = 2 * pair * ScanBank.ENTRIES;
      ByteVector code = ByteVector.fromArray(BYTES, codes, at + pair * ScanBank.BLOCK);
      ByteVector low = code.and((byte) 15);
      // There is no shift of bytes: what comes in from the neighbour is masked off.
      ByteVector high =
          code.reinterpretAsShorts()
              .lanewise(VectorOperators.LSHR, 4)
              .reinterpretAsBytes()
              .and((byte) 15);
      ShortVector a =
          low.selectFrom(ByteVector.fromArray(BYTES, table, tables)).reinterpretAsShorts();
      ShortVector b =
          high.selectFrom(ByteVector.fromArray(BYTES, table, tables + ScanBank.ENTRIES))
              .reinterpretAsShorts();
      all = all.add(a).add(b);
      odd = odd.add(a.lanewise(VectorOperators.LSHR, 8)).add(b.lanewise(VectorOperators.LSHR, 8));
    }
    ShortVector even = all.sub(odd.lanewise(VectorOperators.LSHL, 8));
    for (int i = 0; i < SHORTS.length(); i++) {
      sums[row + 2 * i] += even.lane(i) & 0xffff;
      sums[row + 2 * i + 1] += odd.lane(i) & 0xffff;
    }
  }

  @Override
  public String description() {
    return "vector, " + BYTES.vectorBitSize() + " bit";
  }
}
