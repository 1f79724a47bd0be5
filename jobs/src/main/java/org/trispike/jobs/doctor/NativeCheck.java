package org.trispike.jobs.doctor;

import java.util.List;

/** ND4J's libraries load, and their threads leave the cores to Spark's tasks. */
final class NativeCheck implements Check {
  @Override
  public String name() {
    return "natives";
  }

  @Override
  public List<Finding> of(Facts facts) {
    return Check.each(facts.jvms(), this::judge);
  }

  private Finding judge(JvmFacts jvm) {
    JvmFacts.Natives natives = jvm.natives();
    if (!natives.problem().isEmpty()) {
      return Finding.fail(
          name(),
          "ND4J's native libraries do not load (" + natives.problem() + ")",
          "take Linux on x86-64 with glibc, and a folder for them that programs may be loaded from:"
              + " --conf spark.executor.extraJavaOptions='… -Djava.io.tmpdir=DIR'");
    }
    String threads = natives.ompThreads();
    if (!threads.equals("1") && natives.cores() > 1) {
      return Finding.warn(
          name(),
          "ND4J loads; OMP_NUM_THREADS is "
              + (threads.isEmpty() ? "not set" : threads)
              + ", so each task's BLAS spreads over cores that other tasks have",
          "--conf spark.executorEnv.OMP_NUM_THREADS=1 (in conf/spark-defaults.conf), and export"
              + " OMP_NUM_THREADS=1 for the driver");
    }
    return Finding.ok(name(), "ND4J loads, BLAS on 1 thread a task");
  }
}
