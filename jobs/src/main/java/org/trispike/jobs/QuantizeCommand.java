package org.trispike.jobs;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "quantize",
    sortOptions = false,
    description = "Adds 4-bit codes to a bank, by which its rows are found quickly.")
final class QuantizeCommand implements Callable<Integer> {
  @Option(
      names = "--bank",
      paramLabel = "DIR",
      description = "The bank that embed-names made; short for bank.input")
  private String bank;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The folder for the quantized bank; short for bank.output")
  private String out;

  @Mixin private RunOptions options;

  @Override
  public Integer call() {
    Map<String, String> direct =
        new DirectOptions().put("bank.input", bank).put("bank.output", out).settings();
    return Job.quantize(options.settings(direct), options);
  }
}
