package org.trispike.jobs.doctor;

import java.util.List;
import org.trispike.jobs.build.Build;

/** Spark and Scala are those that the classes were compiled against. */
final class VersionCheck implements Check {
  @Override
  public String name() {
    return "versions";
  }

  @Override
  public List<Finding> of(Facts facts) {
    return Check.each(facts.jvms(), jvm -> judge(jvm.java(), facts.demand().build()));
  }

  private Finding judge(JvmFacts.Java java, Build build) {
    String seen = "Spark " + java.spark() + ", Scala " + java.scala();
    if (!java.scala().equals(build.scala()) || !line(java.spark()).equals(line(build.spark()))) {
      return Finding.fail(
          name(),
          seen + ", and built for Spark " + line(build.spark()) + ", Scala " + build.scala(),
          "let SPARK_HOME name a Spark "
              + line(build.spark())
              + " for Scala "
              + build.scala()
              + " on every node");
    }
    return Finding.ok(name(), seen + " (built for " + build.spark() + ")");
  }

  /** Patch releases of one line agree. */
  private static String line(String version) {
    String[] parts = version.split("\\.", 3);
    return parts.length < 2 ? version : parts[0] + "." + parts[1];
  }
}
