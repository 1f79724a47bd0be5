package org.trispike.vq.scan;

import org.trispike.vq.CodebookKind;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqTensor;

/**
 * Codes of product quantization in the order in which a scan reads them: blocks of 64 rows; in a
 * block, pair after pair of sub-spaces; for a pair a byte a row, the first sub-space in its low
 * half. A missing last sub-space and missing last rows have code 0.
 */
public final class ScanBank {
  /** Rows of a block: the lanes of the widest vectors. */
  static final int BLOCK = 64;

  /** Values of a code. */
  static final int ENTRIES = 16;

  private final int rows;
  private final int pairs;
  private final byte[] codes;

  private ScanBank(int rows, int pairs, byte[] codes) {
    this.rows = rows;
    this.pairs = pairs;
    this.codes = codes;
  }

  /**
   * Puts codes in order.
   *
   * @throws IllegalArgumentException if they are others than those of product quantization
   */
  public static ScanBank of(VqTensor tensor) {
    VqConfig config = tensor.config();
    if (config.kind() != CodebookKind.TRAINED
        || config.entries() != ENTRIES
        || config.rounds() != 1
        || config.scope().columns() != config.vectorLength()
        || config.scope().down(tensor.rows()) != 1) {
      throw new IllegalArgumentException(
          config.name() + " is no product quantization with 4-bit codes");
    }
    int pairs = (tensor.groups() + 1) / 2;
    int blocks = (tensor.rows() + BLOCK - 1) / BLOCK;
    byte[] codes = new byte[Math.multiplyExact(blocks, pairs * BLOCK)];
    for (int row = 0; row < tensor.rows(); row++) {
      for (int group = 0; group < tensor.groups(); group++) {
        int at = (row / BLOCK * pairs + group / 2) * BLOCK + row % BLOCK;
        codes[at] |= (byte) (tensor.code(0, row, group) << 4 * (group % 2));
      }
    }
    return new ScanBank(tensor.rows(), pairs, codes);
  }

  /**
   * Puts rows in order whose codes lie row after row, a byte a pair of sub-spaces.
   *
   * @param rowCodes [rows, pairs]
   */
  public static byte[] ordered(byte[] rowCodes, int pairs) {
    int rows = rowCodes.length / pairs;
    byte[] codes = new byte[Math.multiplyExact((rows + BLOCK - 1) / BLOCK, pairs * BLOCK)];
    for (int row = 0; row < rows; row++) {
      for (int pair = 0; pair < pairs; pair++) {
        codes[(row / BLOCK * pairs + pair) * BLOCK + row % BLOCK] = rowCodes[row * pairs + pair];
      }
    }
    return codes;
  }

  /** Copies the codes of one row, a byte a pair, to {@code target[at]}. */
  public void row(int row, byte[] target, int at) {
    for (int pair = 0; pair < pairs; pair++) {
      target[at + pair] = codes[(row / BLOCK * pairs + pair) * BLOCK + row % BLOCK];
    }
  }

  int rows() {
    return rows;
  }

  /** Pairs of sub-spaces: bytes of a row. */
  public int pairs() {
    return pairs;
  }

  int blocks() {
    return codes.length / (pairs * BLOCK);
  }

  /** All codes; block b begins at b · pairs · 64. */
  public byte[] codes() {
    return codes;
  }
}
