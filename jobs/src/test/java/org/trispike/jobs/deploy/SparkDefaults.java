package org.trispike.jobs.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The settings of conf/spark-defaults.conf, as its readers take them. */
final class SparkDefaults {
  private SparkDefaults() {}

  static Map<String, String> read() throws IOException {
    Map<String, String> settings = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("../conf/spark-defaults.conf"))) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.split("\\s+", 2);
        settings.put(parts[0], parts[1].strip());
      }
    }
    return settings;
  }
}
