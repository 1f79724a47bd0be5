package org.trispike.jobs;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "quantize",
    sortOptions = false,
    description =
        "Adds 4-bit codes to a bank, by which its rows are found quickly. The bank that is made is"
            + " there when its bank.json is: what an interrupted run left behind is no bank, and the"
            + " same command, run again, writes it anew in the same folder.")
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

  @Option(
      names = "--lists",
      paramLabel = "N",
      description =
          "Lists of the bank, of which a search sees the nearest (default: none below 2^18 rows,"
              + " about the root of the rows above; 0: none); short for bank.lists")
  private Integer lists;

  @Option(
      names = "--probes",
      paramLabel = "N",
      description =
          "Lists that a search sees (default: as many as find the best row of 99 in 100 disturbed"
              + " ones); short for bank.probes")
  private Integer probes;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description =
          "A model whose model.json names the quantized bank from then on, so that predict and"
              + " evaluate use it; short for bank.named-by")
  private String model;

  @Mixin private RunOptions options;

  @Override
  public Integer call() {
    Map<String, String> direct =
        new DirectOptions()
            .put("bank.input", bank)
            .put("bank.output", out)
            .put("bank.lists", lists)
            .put("bank.probes", probes)
            .put("bank.named-by", model)
            .settings();
    return Job.quantize(options.settings(direct), options);
  }
}
