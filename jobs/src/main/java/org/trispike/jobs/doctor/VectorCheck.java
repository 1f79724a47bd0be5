package org.trispike.jobs.doctor;

import java.util.List;

/**
 * The kernels have the Vector API and a CPU for it, without which they are many times slower, and
 * loops that run through.
 */
final class VectorCheck implements Check {
  private static final int LEAST_BITS = 256;

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public List<Finding> of(Facts facts) {
    return Check.each(facts.jvms(), this::judge);
  }

  private Finding judge(JvmFacts jvm) {
    int bits = jvm.java().vectorBits();
    if (bits == 0) {
      return Finding.warn(
          name(),
          "no module jdk.incubator.vector: kernels run as scalar loops, many times slower",
          "./trispike submit passes conf/spark-defaults.conf, which adds it; by hand: --conf"
              + " spark.executor.extraJavaOptions=--add-modules=jdk.incubator.vector, and the same"
              + " with spark.driver");
    }
    if (bits < LEAST_BITS) {
      return Finding.warn(
          name(),
          "vectors of " + bits + " bits: kernels run as scalar loops, many times slower",
          "take machines with AVX2 or AVX-512");
    }
    if (jvm.java().pausingTurns() > 0) {
      return Finding.warn(
          name(),
          "loops ask every "
              + jvm.java().pausingTurns()
              + " turns whether they should pause, as G1 has them: products take up to 1.8 times as"
              + " long",
          "-XX:+UseParallelGC among spark.executor.extraJavaOptions, and the same with spark.driver,"
              + " as conf/spark-defaults.conf has it");
    }
    return Finding.ok(name(), "jdk.incubator.vector, vectors of " + bits + " bits");
  }
}
