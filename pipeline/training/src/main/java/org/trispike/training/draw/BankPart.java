package org.trispike.training.draw;

import java.io.Serializable;
import java.util.List;

/**
 * The rows of a bank that one shard holds.
 *
 * @param rows in the order of the shard
 */
record BankPart(int shard, List<RowAddress> rows) implements Serializable {
  BankPart {
    rows = List.copyOf(rows);
  }
}
