package org.trispike.jobs;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "pretrain",
    sortOptions = false,
    description = "Trains the spiking encoder on the embedded dataset of a run.")
final class PretrainCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Override
  public Integer call() {
    return Job.run(List.of(Stage.PRETRAIN), options.settings(Map.of()), options);
  }
}
