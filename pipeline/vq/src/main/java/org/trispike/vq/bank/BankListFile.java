package org.trispike.vq.bank;

import java.io.Serializable;
import java.util.Objects;

/**
 * Consecutive lists of a bank.
 *
 * @param lists how many
 * @param rows in all of them
 * @param codes their sizes, row numbers and codes
 */
public record BankListFile(int lists, int rows, BankFile codes) implements Serializable {
  public BankListFile {
    Objects.requireNonNull(codes);
    if (lists < 1 || rows < 0) {
      throw new IllegalArgumentException(lists + " lists of " + rows + " rows");
    }
  }

  /** What file {@code number} is called. */
  public static String name(int number) {
    return "lists-" + number + ".safetensors";
  }
}
