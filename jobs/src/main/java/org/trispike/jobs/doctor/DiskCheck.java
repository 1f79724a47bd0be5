package org.trispike.jobs.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The run folder and Spark's own folders have room for what a run is going to put there. */
final class DiskCheck implements Check {
  /** Native libraries, logs and blocks that are spilled, as a rule of thumb. */
  private static final long SCRATCH_BYTES = 1L << 30;

  @Override
  public String name() {
    return "disk";
  }

  @Override
  public List<Finding> of(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    long stored = facts.demand().storedBytes();
    for (PlaceFacts place : facts.places()) {
      Optional<Long> free = place.freeBytes();
      if (place.written() && free.isPresent()) {
        findings.add(
            judge(free.get(), stored, "--set run.dir=DIR on a larger disk").at(place.path()));
      }
    }
    findings.addAll(Check.each(facts.jvms(), jvm -> scratch(jvm, facts.demand())));
    return findings;
  }

  private Finding scratch(JvmFacts jvm, Demand demand) {
    long blocks = SCRATCH_BYTES + 3 * demand.weightBytes() * demand.replicas();
    long free = jvm.scratch().stream().mapToLong(JvmFacts.Scratch::freeBytes).max().orElse(blocks);
    return judge(
        free, blocks, "--conf spark.local.dir=DIR on a larger disk (on YARN, the node's own)");
  }

  private Finding judge(long free, long needed, String mend) {
    String seen = Megabytes.of(free) + " free, about " + Megabytes.of(needed) + " wanted";
    if (free < needed) {
      return Finding.fail(name(), seen, mend);
    }
    return free / 2 < needed
        ? Finding.warn(name(), seen, mend)
        : Finding.ok(name(), enough(needed));
  }

  /** Without the figure of a disk, which differs from one executor to the next. */
  private static String enough(long needed) {
    return "more than twice the " + Megabytes.of(needed) + " that are wanted is free";
  }
}
