package org.trispike.datasets.format;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real files that others published, in the folder that {@code -Dtrispike.shared} names. */
public final class SharedData {
  private SharedData() {}

  /** A folder of them; without it the test is skipped, with a message that says what to name. */
  public static Path folder(String name) {
    String shared = System.getProperty("trispike.shared", "");
    Path folder = Path.of(shared, name);
    assumeTrue(
        !shared.isEmpty() && Files.isDirectory(folder),
        "No " + name + " below the folder that -Dtrispike.shared names");
    return folder;
  }
}
