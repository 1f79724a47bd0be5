package org.trispike.jobs;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "report",
    sortOptions = false,
    description = "Writes one self-contained HTML page of a run, however far it is.")
final class ReportCommand implements Callable<Integer> {
  @Option(
      names = "--run",
      paramLabel = "DIR",
      description = "The run folder; short for --set run.dir=DIR")
  private String run;

  @Mixin private RunOptions options;

  @Override
  public Integer call() {
    return Job.report(
        options.settings(new DirectOptions().put("run.dir", run).settings()), options);
  }
}
