package org.trispike.jobs.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A program that has run. */
record Ran(int code, String output) {
  static Ran run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), output);
  }
}
