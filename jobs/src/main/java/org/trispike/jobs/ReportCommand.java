package org.trispike.jobs;

import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.trispike.jobs.config.Settings;
import org.trispike.jobs.report.ReportAction;
import org.trispike.jobs.report.ReportConfig;
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
    Settings settings = options.settings(new DirectOptions().put("run.dir", run).settings());
    ReportConfig config = ReportConfig.from(settings.config());
    if (options.dryRun) {
      System.out.println("Would write " + config.directory() + "/report.html");
      return 0;
    }
    System.out.println("Report: " + new ReportAction(new Configuration(), config).run().file());
    return 0;
  }
}
