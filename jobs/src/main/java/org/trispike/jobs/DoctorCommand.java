package org.trispike.jobs;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "doctor",
    sortOptions = false,
    description = {
      "Looks at the driver, each executor and all places that a run by this configuration needs,"
          + " and",
      "says what would stand in its way and how to mend it. Ends with 4 if anything would."
    })
final class DoctorCommand implements Callable<Integer> {
  @Option(names = "--json", description = "One JSON object instead of a line for each finding")
  private boolean json;

  @Mixin private RunOptions options;

  @Override
  public Integer call() {
    return Job.doctor(options.settings(Map.of()), options, json);
  }
}
