package org.trispike.vq.bank;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a bank was quantized, and how well.
 *
 * @param preset the configuration's name, such as {@code pq4}
 * @param candidates rows that are ranked exactly
 * @param recall share of held-out queries whose best row is among the candidates: recall@1 of the
 *     search
 * @param queries how many were held out
 * @param codebooks the file of the entries
 * @param lists absent where every query sees the codes of all rows
 */
public record BankCodes(
    String preset,
    int candidates,
    double recall,
    int queries,
    BankFile codebooks,
    Optional<BankLists> lists) {
  public BankCodes {
    Objects.requireNonNull(preset);
    Objects.requireNonNull(codebooks);
    Objects.requireNonNull(lists);
    if (candidates < 1 || queries < 1 || !(recall >= 0 && recall <= 1)) {
      throw new IllegalArgumentException(
          candidates + " candidates, " + queries + " queries, recall " + recall);
    }
  }

  /** The files that belong to no part. */
  List<BankFile> files() {
    return Stream.concat(
            Stream.of(codebooks),
            lists.stream()
                .flatMap(
                    own ->
                        Stream.concat(
                            Stream.of(own.centroids()),
                            own.files().stream().map(BankListFile::codes))))
        .toList();
  }
}
