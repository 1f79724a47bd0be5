package org.trispike.jobs.doctor;

import java.util.List;

/** Each JVM is of the release that Trispike is built and tested for. */
final class JavaCheck implements Check {
  private static final int WANTED = 17;

  @Override
  public String name() {
    return "java";
  }

  @Override
  public List<Finding> of(Facts facts) {
    return Check.each(facts.jvms(), this::judge);
  }

  private Finding judge(JvmFacts jvm) {
    String seen = "Java " + jvm.java().version();
    if (jvm.java().feature() == WANTED) {
      return Finding.ok(name(), seen);
    }
    String mend =
        "install a JDK 17 there; JAVA_HOME for the driver, --conf"
            + " spark.executorEnv.JAVA_HOME=/path/to/jdk-17 for executors";
    return jvm.java().feature() < WANTED
        ? Finding.fail(name(), seen + ", and 17 is wanted", mend)
        : Finding.warn(name(), seen + ", where 17 is what Trispike is tested with", mend);
  }
}
