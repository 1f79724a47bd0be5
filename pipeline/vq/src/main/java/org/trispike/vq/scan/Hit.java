package org.trispike.vq.scan;

import java.util.Comparator;

/**
 * A row that was found.
 *
 * @param score exact inner product with the query
 */
public record Hit(int row, float score) {
  /** Best first; the lower of two rows of equal products. */
  public static final Comparator<Hit> BEST_FIRST =
      Comparator.comparingDouble(Hit::score).reversed().thenComparingInt(Hit::row);
}
