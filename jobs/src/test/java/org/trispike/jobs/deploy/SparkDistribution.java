package org.trispike.jobs.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.trispike.training.ChildJvm;

/**
 * What a Spark distribution has that matters here, made of this class path: {@code jars/}, with
 * what the runnable jar lacks, and {@code bin/spark-submit}.
 */
final class SparkDistribution {
  /** As Spark's own script does: its launcher puts the driver's command together. */
  private static final String SUBMIT =
      """
      #!/bin/bash
      mapfile -d '' -t command < <(java -cp "$SPARK_HOME/jars/*" org.apache.spark.launcher.Main \
        org.apache.spark.deploy.SparkSubmit "$@" | tail -n +2)
      exec "${command[@]}"
      """;

  private SparkDistribution() {}

  /** Makes one in {@code home}. */
  static void make(Path home, Path runnable) throws IOException {
    Path jars = Files.createDirectories(home.resolve("jars"));
    try (JarFile job = new JarFile(runnable.toFile())) {
      for (String entry : ChildJvm.classPath().split(":")) {
        if (entry.endsWith(".jar") && !contains(job, entry)) {
          Path jar = Path.of(entry);
          Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
        }
      }
    }
    Path submit = Files.createDirectories(home.resolve("bin")).resolve("spark-submit");
    Files.writeString(submit, SUBMIT);
    Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Whether the runnable jar has the first class, or else the first file, of another one. */
  private static boolean contains(JarFile runnable, String jar) throws IOException {
    try (JarFile other = new JarFile(jar)) {
      List<String> files =
          other.stream()
              .filter(entry -> !entry.isDirectory() && !entry.getName().startsWith("META-INF/"))
              .map(java.util.zip.ZipEntry::getName)
              .toList();
      return Stream.concat(files.stream().filter(name -> name.endsWith(".class")), files.stream())
          .findFirst()
          .map(name -> runnable.getEntry(name) != null)
          .orElse(false);
    }
  }
}
