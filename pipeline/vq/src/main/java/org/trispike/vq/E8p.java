package org.trispike.vq;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * E8P: 65,536 points of the lattice E8 + 1/4, of which a table of 256 rows is all that is stored.
 *
 * <p>A code of 16 bits is (from its highest bit) 8 bits of a row, 7 signs, and a shift. The rows
 * are absolute values of D̂8 = (vectors of halves whose sum is even): all 227 with squared norm up
 * to 10 and 29 of those with 12. The signs are those of the first seven elements; the eighth is the
 * one that makes the sum even. Bit 0 adds 1/4 to every element if it is set, else subtracts it.
 * Source: Tseng et al., QuiP#, ICML 2024, section 4. Which 29 rows are taken is free; here they are
 * the first in the order of their elements that have none beyond 3/2, so codes of other writers
 * need a translation of these rows.
 *
 * <p>Rows stand in the order of their norms, which is that of their frequency in normal data.
 */
public final class E8p {
  public static final int LENGTH = 8;
  public static final int BITS = 16;

  /** Rows of the table. */
  public static final int ROWS = 256;

  private static final int INNER_NORM = 10;
  private static final float SHIFT = 0.25f;

  /** [256][8], in halves: 1, 3, 5. */
  private static final byte[] HALVES = table();

  /** Squared norm of each row. */
  private static final double[] SQUARES = new double[ROWS];

  /** Sum of each row, in halves. */
  private static final int[] SUMS = new int[ROWS];

  static {
    for (int i = 0; i < HALVES.length; i++) {
      SQUARES[i / LENGTH] += 0.25 * HALVES[i] * HALVES[i];
      SUMS[i / LENGTH] += HALVES[i];
    }
  }

  private E8p() {}

  /** Element {@code position} of a row, in halves. */
  static int halves(int row, int position) {
    return HALVES[row * LENGTH + position];
  }

  /** The row of the table that {@code code} points at. */
  public static int row(int code) {
    return code >>> 8;
  }

  /**
   * A row in 32 bits: eight nibbles of halves, the first element's the lowest, and in the highest
   * bit whether an odd number of minus signs makes its sum even.
   */
  public static int packed(int row) {
    int packed = (SUMS[row] & 3) == 0 ? 0 : 1 << 31;
    for (int i = 0; i < LENGTH; i++) {
      packed |= halves(row, i) << 4 * i;
    }
    return packed;
  }

  /** Writes scale · (the point of {@code code}) to {@code target[at]} on. */
  public static void point(int code, float scale, float[] target, int at) {
    int row = row(code) * LENGTH;
    float shift = (code & 1) != 0 ? SHIFT : -SHIFT;
    int sum = 0;
    for (int i = 0; i < LENGTH; i++) {
      int half = HALVES[row + i];
      // The last sign is chosen when the sum of the others is known.
      boolean negative = i < LENGTH - 1 ? (code >>> i + 1 & 1) != 0 : (sum + half & 3) != 0;
      int signed = negative ? -half : half;
      sum += signed;
      target[at + i] = scale * (0.5f * signed + shift);
    }
  }

  /**
   * The code whose point, scaled, is nearest to {@code x[at]} on: for each row and shift the best
   * signs are those of the vector itself, but for one where the sum would be odd. 512 candidates.
   */
  public static int nearest(float[] x, int at, float scale) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    double[] magnitude = new double[LENGTH];
    for (int shift = 0; shift < 2; shift++) {
      int signs = 0;
      double square = 0;
      for (int i = 0; i < LENGTH; i++) {
        double u = x[at + i] / (double) scale - (shift != 0 ? SHIFT : -SHIFT);
        signs |= u < 0 ? 1 << i : 0;
        magnitude[i] = Math.abs(u);
        square += u * u;
      }
      for (int row = 0; row < ROWS; row++) {
        double distance = square + SQUARES[row];
        for (int i = 0; i < LENGTH; i++) {
          distance -= magnitude[i] * HALVES[row * LENGTH + i];
        }
        if (distance >= least) {
          continue;
        }
        int chosen = signs;
        // A sign turns the sum of halves by twice an odd number: by 2, modulo 4.
        if ((SUMS[row] + 2 * Integer.bitCount(signs) & 3) != 0) {
          int flipped = cheapest(magnitude, row);
          chosen ^= 1 << flipped;
          distance += 2 * magnitude[flipped] * HALVES[row * LENGTH + flipped];
        }
        if (distance < least) {
          least = distance;
          best = row << 8 | (chosen & 0x7f) << 1 | shift;
        }
      }
    }
    return best;
  }

  /** The element whose sign costs least to turn. */
  private static int cheapest(double[] magnitude, int row) {
    int cheapest = 0;
    for (int i = 1; i < LENGTH; i++) {
      if (magnitude[i] * HALVES[row * LENGTH + i]
          < magnitude[cheapest] * HALVES[row * LENGTH + cheapest]) {
        cheapest = i;
      }
    }
    return cheapest;
  }

  private static byte[] table() {
    List<byte[]> rows = new ArrayList<>();
    List<byte[]> outer = new ArrayList<>();
    byte[] row = new byte[LENGTH];
    for (int i = 0; i < 6561; i++) {
      int digits = i;
      int square = 0;
      boolean wide = false;
      for (int p = LENGTH - 1; p >= 0; p--) {
        row[p] = (byte) (1 + 2 * (digits % 3));
        digits /= 3;
        square += row[p] * row[p];
        wide |= row[p] > 3;
      }
      if (square <= 4 * INNER_NORM) {
        rows.add(row.clone());
      } else if (square == 4 * (INNER_NORM + 2) && !wide) {
        outer.add(row.clone());
      }
    }
    rows.sort(Comparator.comparingInt(E8p::square));
    rows.addAll(outer.subList(0, ROWS - rows.size()));
    byte[] table = new byte[ROWS * LENGTH];
    for (int r = 0; r < ROWS; r++) {
      System.arraycopy(rows.get(r), 0, table, r * LENGTH, LENGTH);
    }
    return table;
  }

  private static int square(byte[] row) {
    int square = 0;
    for (byte half : row) {
      square += half * half;
    }
    return square;
  }
}
