package org.trispike.training.bank;

import java.util.Locale;

/**
 * A bank that was made.
 *
 * @param directory of the bank
 * @param id of its content
 * @param rows one a name
 * @param empty lines without a name
 * @param duplicates lines whose name stood before
 */
public record EmbedNamesResult(String directory, String id, int rows, int empty, int duplicates) {

  /** For people. */
  public String sentence() {
    return String.format(
        Locale.ROOT,
        "%,d names in %s (bank %.12s); left out: %,d repeated, %,d empty lines",
        rows,
        directory,
        id,
        duplicates,
        empty);
  }
}
