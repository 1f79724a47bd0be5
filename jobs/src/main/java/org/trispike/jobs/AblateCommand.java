package org.trispike.jobs;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "ablate",
    sortOptions = false,
    description = {
      "Compares the terms of the loss, and the encoder with its non-spiking twin, on one dataset.",
      "Shards and embeds in run.dir, then trains and evaluates each of ablate.variants in"
          + " run.dir/ablation, and prints a table. Run again, it skips what is finished."
    })
final class AblateCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Override
  public Integer call() {
    return Job.ablate(new Ablation(options.settings(Map.of())), options);
  }
}
