package org.trispike.vq.bank;

import java.util.Objects;

/**
 * How a bank was quantized, and how well.
 *
 * @param preset the configuration's name, such as {@code pq4}
 * @param candidates rows that are ranked exactly
 * @param recall share of held-out queries whose best row is among the candidates: recall@1 of the
 *     search
 * @param queries how many were held out
 * @param codebooks the file of the entries
 */
public record BankCodes(
    String preset, int candidates, double recall, int queries, BankFile codebooks) {
  public BankCodes {
    Objects.requireNonNull(preset);
    Objects.requireNonNull(codebooks);
    if (candidates < 1 || queries < 1 || !(recall >= 0 && recall <= 1)) {
      throw new IllegalArgumentException(
          candidates + " candidates, " + queries + " queries, recall " + recall);
    }
  }
}
