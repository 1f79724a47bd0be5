package org.trispike.jobs;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "embed",
    sortOptions = false,
    description = "Adds the teacher's vectors to the dataset of a run.")
final class EmbedCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Override
  public Integer call() {
    return Job.run(List.of(Stage.EMBED), options.settings(Map.of()), options);
  }
}
