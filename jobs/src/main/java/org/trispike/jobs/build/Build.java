package org.trispike.jobs.build;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/**
 * What this build is.
 *
 * @param commit of its sources, "" where the build was not told
 * @param spark the version that it was built and tested with
 * @param scala the binary version of that Spark
 */
public record Build(String version, String commit, String spark, String scala) {
  public Build {
    Objects.requireNonNull(version);
    Objects.requireNonNull(commit);
    Objects.requireNonNull(spark);
    Objects.requireNonNull(scala);
  }

  /** That of the classes which run. */
  public static Build load() {
    Properties properties = new Properties();
    try (InputStream in = Build.class.getResourceAsStream("build.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("build.properties cannot be read", e);
    }
    return new Build(
        properties.getProperty("version"),
        properties.getProperty("commit"),
        properties.getProperty("spark"),
        properties.getProperty("scala"));
  }

  /** {@code trispike 1.0 (commit 0123abcd)}. */
  public String title() {
    return "trispike " + version + (commit.isEmpty() ? "" : " (commit " + commit + ")");
  }
}
