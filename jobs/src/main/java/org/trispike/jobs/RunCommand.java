package org.trispike.jobs;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.trispike.jobs.config.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "run",
    sortOptions = false,
    description = {
      "Chains all stages in one run folder (run.dir): shard, embed, pretrain, reparameterize,"
          + " evaluate, report. With run.data, the first two are another run's.",
      "Run again, it skips what is finished and goes on with what is not."
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Override
  public Integer call() {
    Settings settings = options.settings(Map.of());
    return Job.run(Stages.making(settings, List.of(Stage.values())), settings, options);
  }
}
