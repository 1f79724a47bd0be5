package org.trispike.vq.bank;

import java.io.Serializable;

/**
 * Consecutive rows of a bank.
 *
 * @param rows how many
 * @param vectors the rows and, of a quantized bank, their codes
 * @param names of the rows, one a line
 */
public record BankPart(int rows, BankFile vectors, BankFile names) implements Serializable {
  /** Rows of each part but the last. */
  public static final int ROWS = 1 << 16;

  public BankPart {
    if (rows < 1 || rows > ROWS) {
      throw new IllegalArgumentException("A part of " + rows + " rows");
    }
  }

  /** What the files of part {@code number} are called. */
  public static String vectors(int number) {
    return "vectors-" + number + ".safetensors";
  }

  public static String names(int number) {
    return "names-" + number + ".txt";
  }
}
