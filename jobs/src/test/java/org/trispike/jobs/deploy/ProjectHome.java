package org.trispike.jobs.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;

/** The project as its scripts see it: they and the settings as in the sources, nothing to build. */
final class ProjectHome {
  private ProjectHome() {}

  /**
   * Makes one in {@code home}; the runnable jar, which the caller adds, is newer than all of it.
   */
  static Path make(Path home) throws IOException {
    for (Path script : ScriptsTest.scripts()) {
      Path copy = home.resolve("deploy").resolve(JobLinesTest.DEPLOY.relativize(script));
      Files.createDirectories(copy.getParent());
      Files.copy(script, copy, StandardCopyOption.COPY_ATTRIBUTES);
    }
    Files.createDirectories(home.resolve("conf"));
    Files.copy(Path.of("../conf/spark-defaults.conf"), home.resolve("conf/spark-defaults.conf"));
    for (String part : List.of("jobs/target", "datasets", "pipeline")) {
      Files.createDirectories(home.resolve(part));
    }
    Files.createFile(home.resolve("pom.xml"));
    Files.setLastModifiedTime(home.resolve("pom.xml"), FileTime.fromMillis(0));
    return home;
  }
}
