package org.trispike.training.averaging;

import java.util.List;
import java.util.Optional;

/**
 * What averaging itself carries from one round to the next, beside the network's state.
 *
 * @param moments the updater's state of each replica, if replicas keep their own and had a round
 * @param velocity of the outer step, flat in the graph's order, if it has momentum and had a round
 */
public record AveragingState(List<float[]> moments, Optional<float[]> velocity) {
  public AveragingState {
    moments = List.copyOf(moments);
  }

  /** Nothing, as before the first round and with plain averages. */
  public static AveragingState none() {
    return new AveragingState(List.of(), Optional.empty());
  }
}
