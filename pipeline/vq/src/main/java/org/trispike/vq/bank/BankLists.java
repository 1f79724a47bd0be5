package org.trispike.vq.bank;

import java.util.List;
import java.util.Objects;

/**
 * A bank's rows in lists, of which a query sees the nearest.
 *
 * @param probes lists that a query sees
 * @param centroids the file of the lists' directions
 * @param files of the lists, in the order of the centroids
 */
public record BankLists(int probes, BankFile centroids, List<BankListFile> files) {
  public BankLists {
    Objects.requireNonNull(centroids);
    files = List.copyOf(files);
    int count = files.stream().mapToInt(BankListFile::lists).sum();
    if (probes < 1 || probes > count) {
      throw new IllegalArgumentException(probes + " probes of " + count + " lists");
    }
  }

  /** Lists in all. */
  public int count() {
    return files.stream().mapToInt(BankListFile::lists).sum();
  }

  int rows() {
    return files.stream().mapToInt(BankListFile::rows).reduce(0, Math::addExact);
  }
}
