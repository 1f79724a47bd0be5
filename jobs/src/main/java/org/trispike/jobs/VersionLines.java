package org.trispike.jobs;

import java.util.List;
import org.trispike.jobs.build.Build;
import org.trispike.kernels.cpu.VectorSupport;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints, with Spark or without it. */
final class VersionLines implements IVersionProvider {
  @Override
  public String[] getVersion() {
    Build build = Build.load();
    return List.of(build.title(), java(), spark(build)).toArray(String[]::new);
  }

  private static String java() {
    int bits = VectorSupport.bits();
    return "Java "
        + Runtime.version()
        + " ("
        + System.getProperty("java.vm.vendor")
        + "), "
        + (bits == 0 ? "without jdk.incubator.vector" : "vectors of " + bits + " bits");
  }

  private static String spark(Build build) {
    String built = "built for " + build.spark() + ", Scala " + build.scala();
    try {
      return "Spark " + SparkHere.version() + " (" + built + ")";
    } catch (NoClassDefFoundError e) {
      return "no Spark on this class path: predict alone runs here (" + built + ")";
    }
  }

  /** Loaded only to be asked, so that whoever lacks Spark can say so. */
  private static final class SparkHere {
    static String version() {
      return org.apache.spark.package$.MODULE$.SPARK_VERSION();
    }
  }
}
