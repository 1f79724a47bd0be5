package org.trispike.training.averaging;

import java.io.Serializable;
import java.util.List;

/**
 * A part of a replica's state, or the mean of that part.
 *
 * @param number of the block
 * @param reports of the replicas it was made of, in their order; only the first block has them
 */
@SuppressWarnings("ArrayRecordComponent") // arrays that are passed through
record Block(int number, float[] values, List<ReplicaReport> reports) implements Serializable {

  /**
   * Where a block of one replica belongs: blocks of a number lie together, in the replicas' order.
   */
  record Key(int number, int replica) implements Comparable<Key>, Serializable {
    @Override
    public int compareTo(Key other) {
      int order = Integer.compare(number, other.number);
      return order == 0 ? Integer.compare(replica, other.replica) : order;
    }
  }
}
