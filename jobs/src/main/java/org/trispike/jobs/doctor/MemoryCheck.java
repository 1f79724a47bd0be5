package org.trispike.jobs.doctor;

import java.util.ArrayList;
import java.util.List;

/**
 * Heaps hold the replicas' states and the cache of rows. What a step computes comes on top and
 * depends on the shapes, so half of a heap is left to it.
 */
final class MemoryCheck implements Check {
  /**
   * Weights and gradients of the compute, their copy for DL4J, and weights and moments returned.
   */
  private static final int COPIES_OF_A_REPLICA = 6;

  /** The state that a round starts from: weights and two moments. */
  private static final int COPIES_OF_A_STATE = 3;

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public List<Finding> of(Facts facts) {
    if (facts.workers().isEmpty()) {
      return List.of();
    }
    Demand demand = facts.demand();
    int here = replicas(facts);
    long executor =
        demand.cacheBytes()
            + (COPIES_OF_A_STATE + (long) here * COPIES_OF_A_REPLICA) * demand.weightBytes();
    long driver = (2L + demand.replicas()) * COPIES_OF_A_STATE * demand.weightBytes();
    String replicas = here + (here == 1 ? " replica" : " replicas") + " and the cache of rows";
    String less = ", or ask for less by --set pretrain.cache-bytes=BYTES";
    if (facts.spark().local()) {
      String mend = "TRISPIKE_HEAP=" + twice(driver + executor) + less;
      return List.of(judge(facts.driver(), driver + executor, replicas, mend).at("driver"));
    }
    List<Finding> findings = new ArrayList<>();
    String larger = "--executor-memory " + twice(executor) + less;
    findings.addAll(Check.each(facts.executors(), jvm -> judge(jvm, executor, replicas, larger)));
    String averages = "the averages of " + demand.replicas() + " replicas";
    String mend = "--driver-memory " + twice(driver);
    findings.add(judge(facts.driver(), driver, averages, mend).at("driver"));
    return findings;
  }

  /** A heap that would do, as options of JVMs and Spark have it. */
  private static String twice(long bytes) {
    return (2 * bytes / (1 << 30) + 1) + "g";
  }

  /** At most as many as an executor runs at once. */
  private static int replicas(Facts facts) {
    int executors = Math.max(1, facts.workers().size());
    int slots = Math.max(1, (facts.spark().slots() + executors - 1) / executors);
    return Math.min(slots, facts.demand().replicas());
  }

  private Finding judge(JvmFacts jvm, long needed, String what, String mend) {
    long heap = jvm.java().heapBytes();
    String seen =
        "a heap of " + Megabytes.of(heap) + ", " + Megabytes.of(needed) + " of it for " + what;
    if (needed <= heap / 2) {
      return Finding.ok(name(), seen);
    }
    return needed > heap ? Finding.fail(name(), seen, mend) : Finding.warn(name(), seen, mend);
  }
}
