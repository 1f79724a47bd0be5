package org.trispike.vq.plan;

import java.util.Optional;

/**
 * The decisions for one kernel; what a generator turns into text.
 *
 * @param problem what is computed
 * @param level how much of the method is used
 * @param axes loops, sums and switches
 * @param slack what the codebook cache may take
 * @param boundaries of the codebook cache
 * @param split of a block's work
 * @param shuffles exchanges of a look-up, if registers exchange
 * @param fusion how elements reach their lanes
 * @param mapping vectors of lanes; empty without exchanges
 */
public record Plan(
    Problem problem,
    Level level,
    AxisModel axes,
    Slack slack,
    Boundaries boundaries,
    Split split,
    int shuffles,
    Fusion fusion,
    Optional<ThreadMapping> mapping) {

  /** The same plan with other boundaries of the cache. */
  public Plan with(Boundaries other) {
    return new Plan(problem, level, axes, slack, other, split, shuffles, fusion, mapping);
  }
}
