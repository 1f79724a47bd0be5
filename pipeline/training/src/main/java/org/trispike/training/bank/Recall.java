package org.trispike.training.bank;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.trispike.kernels.Compute;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.scan.Candidates;
import org.trispike.vq.scan.RowProducts;

/**
 * For each query the best row of those seen, and how far its codes stand behind others: mergeable,
 * so that parts can be measured apart. With fewer than {@link #DEEPEST} rows before it, the count
 * is that of the whole bank; with more it is at least as large.
 */
final class Recall implements Serializable {
  /** Candidates that are tried, fewest first. */
  static final int[] DEPTHS = {16, 32, 64, 128, 256, 512};

  static final int DEEPEST = 512;

  private static final long serialVersionUID = 1;

  private final float[] score;
  private final int[] row;
  private final int[] list;
  private final Candidates[] candidates;

  private Recall(int queries) {
    this.score = new float[queries];
    this.row = new int[queries];
    this.list = new int[queries];
    this.candidates = new Candidates[queries];
    Arrays.fill(score, Float.NEGATIVE_INFINITY);
  }

  /**
   * Measures one part.
   *
   * @param queries [n, columns]
   * @param rows [count, columns], of which the first has number {@code first}
   * @param candidates of this part, {@link #DEEPEST} for each query
   */
  static Recall of(
      Compute compute,
      FloatArray queries,
      FloatArray rows,
      int first,
      List<Candidates> candidates) {
    Recall recall = new Recall(queries.shape()[0]);
    candidates.toArray(recall.candidates);
    RowProducts.each(
        compute, rows, queries, (query, row, product) -> recall.offer(query, product, first + row));
    return recall;
  }

  private void offer(int query, float product, int number) {
    if (product > score[query]) {
      score[query] = product;
      row[query] = number;
    }
  }

  /** Notes the lists of the best rows, given those of all rows of the part. */
  void note(int[] lists, int first) {
    for (int query = 0; query < row.length; query++) {
      list[query] = lists[row[query] - first];
    }
  }

  /** For each query, how many rows of all parts stand before its best row by their codes. */
  static int[] ranks(List<Recall> parts) {
    return IntStream.range(0, queries(parts)).map(query -> rank(parts, query)).toArray();
  }

  /** For each query the list of its best row, as {@link #note} has it. */
  static int[] lists(List<Recall> parts) {
    return IntStream.range(0, queries(parts))
        .map(query -> best(parts, query).list[query])
        .toArray();
  }

  private static int queries(List<Recall> parts) {
    return parts.get(0).score.length;
  }

  private static Recall best(List<Recall> parts, int query) {
    Recall best = parts.get(0);
    for (Recall part : parts) {
      best = part.score[query] > best.score[query] ? part : best;
    }
    return best;
  }

  /** Rows whose codes stand before those of the best row. */
  private static int rank(List<Recall> parts, int query) {
    Recall best = best(parts, query);
    int row = best.row[query];
    Candidates own = best.candidates[query];
    int sum = -1;
    for (int i = 0; i < own.rows().length; i++) {
      sum = own.rows()[i] == row ? own.sums()[i] : sum;
    }
    if (sum < 0) {
      return Integer.MAX_VALUE;
    }
    int before = 0;
    for (Recall part : parts) {
      Candidates others = part.candidates[query];
      for (int i = 0; i < others.rows().length; i++) {
        boolean first =
            others.sums()[i] > sum || (others.sums()[i] == sum && others.rows()[i] < row);
        before += first ? 1 : 0;
      }
    }
    return before;
  }
}
