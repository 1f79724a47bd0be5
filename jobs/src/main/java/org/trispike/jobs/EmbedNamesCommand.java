package org.trispike.jobs;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "embed-names",
    sortOptions = false,
    description = "Makes a bank of class vectors of a text file of names, for a model.")
final class EmbedNamesCommand implements Callable<Integer> {
  @Option(
      names = "--names",
      paramLabel = "FILE",
      description = "Names, one a line; short for bank.names")
  private String names;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "The model folder (default: model/ of the run); short for bank.model")
  private String model;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The folder for the bank; short for bank.output")
  private String out;

  @Mixin private RunOptions options;

  @Override
  public Integer call() {
    Map<String, String> direct =
        new DirectOptions()
            .put("bank.names", names)
            .put("bank.model", model)
            .put("bank.output", out)
            .settings();
    return Job.embedNames(options.settings(direct), options);
  }
}
