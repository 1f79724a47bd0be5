package org.trispike.training.draw;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.trispike.kernels.KeyedRandom;

/**
 * The teacher's vectors of other training rows, which all batches of a round have as negatives
 * beside their own. They are the same for every replica.
 */
public final class NegativeBank implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The bank of a training that wants none. */
  public static final NegativeBank NONE = new NegativeBank(List.of());

  private final List<BankRow> rows;

  NegativeBank(List<BankRow> rows) {
    this.rows = List.copyOf(rows);
  }

  List<BankRow> rows() {
    return rows;
  }

  /** Those that are no rows of a batch. */
  List<BankRow> beside(Set<RowAddress> batch) {
    return rows.stream().filter(row -> !batch.contains(row.address())).toList();
  }

  /** What keys banks in the place of the seed, so that they do not follow the batches. */
  static long seed(long seed) {
    return KeyedRandom.of(seed, KeyedRandom.hash("bank")).nextLong();
  }
}
