package org.trispike.training.bank;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * How many candidates are ranked exactly and how many lists a query sees: the fewest lists with
 * which the most candidates find the best row of 99 in 100 queries, and then the fewest candidates.
 *
 * @param candidates that are ranked exactly
 * @param probes lists that a query sees; 1 without lists
 * @param recall share of queries whose best row is found, at least: rows before it in lists that
 *     are not seen count, too
 */
record Depths(int candidates, int probes, double recall) {
  private static final double RECALL = 0.99;

  /**
   * @param ranks for each query, how many rows stand before its best row by their codes
   * @param places for each query, of the list of its best row among the lists nearest to it; all 0
   *     without lists
   * @param lists of the bank, 1 without
   * @param probes that are asked for, or 0
   */
  static Depths of(int[] ranks, int[] places, int lists, int probes) {
    int seen =
        probes > 0
            ? probes
            : doublings(lists)
                .filter(some -> enough(ranks, places, Recall.DEEPEST, some))
                .findFirst()
                .orElse(lists);
    int candidates =
        Arrays.stream(Recall.DEPTHS)
            .filter(some -> enough(ranks, places, some, seen))
            .findFirst()
            .orElse(Recall.DEEPEST);
    return new Depths(candidates, seen, share(ranks, places, candidates, seen));
  }

  private static IntStream doublings(int lists) {
    return IntStream.iterate(1, some -> some <= lists, some -> 2 * some);
  }

  private static boolean enough(int[] ranks, int[] places, int candidates, int probes) {
    return share(ranks, places, candidates, probes) >= RECALL;
  }

  private static double share(int[] ranks, int[] places, int candidates, int probes) {
    IntPredicate found = query -> ranks[query] < candidates && places[query] < probes;
    return IntStream.range(0, ranks.length).filter(found).count() / (double) ranks.length;
  }
}
