package org.trispike.vq.scan;

import java.util.List;

/**
 * Codes list by list (IVF; Jégou, Douze, Schmid: Product Quantization for Nearest Neighbor Search,
 * PAMI 2011, here without residuals): a query sees the lists nearest to it.
 *
 * @param lists in the order of their centroids
 * @param probes lists that a query sees
 */
record ListedCodes(Centroids centroids, List<CodeList> lists, int probes) implements Codes {
  ListedCodes {
    lists = List.copyOf(lists);
    if (lists.size() != centroids.lists() || probes < 1 || probes > lists.size()) {
      throw new IllegalArgumentException(
          probes + " of " + lists.size() + " lists, " + centroids.lists() + " centroids");
    }
  }

  @Override
  public int rows() {
    return lists.stream().mapToInt(list -> list.rows().remaining()).sum();
  }

  @Override
  public void scan(float[] query, ScanQuery pass) {
    for (int list : centroids.nearest(query, probes)) {
      pass.add(lists.get(list).codes(), lists.get(list).rows());
    }
  }
}
