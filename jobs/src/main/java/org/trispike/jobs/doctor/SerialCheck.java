package org.trispike.jobs.doctor;

import java.util.List;

/** Java serialization, by which Spark's processes talk, is filtered. */
final class SerialCheck implements Check {
  /** What the filter of conf/spark-defaults.conf begins with. */
  private static final String KNOWN = "!com.sun.org.apache.xalan.internal.**";

  @Override
  public String name() {
    return "serial";
  }

  @Override
  public List<Finding> of(Facts facts) {
    return Check.each(facts.jvms(), this::judge);
  }

  private Finding judge(JvmFacts jvm) {
    String filter = jvm.java().serialFilter();
    if (filter.contains(KNOWN)) {
      return Finding.ok(name(), "Java serialization is filtered");
    }
    return Finding.warn(
        name(),
        filter.isEmpty()
            ? "Java serialization is not filtered"
            : "Java serialization is filtered, but not by the filter of conf/spark-defaults.conf",
        "./trispike submit passes that file; by hand, take -Djdk.serialFilter from it for"
            + " spark.driver.extraJavaOptions and spark.executor.extraJavaOptions");
  }
}
