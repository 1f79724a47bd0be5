package org.trispike.jobs;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.trispike.datasets.UserError;
import org.trispike.jobs.config.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "evaluate",
    sortOptions = false,
    description = {
      "Measures a model: on a split of its run's dataset or, with --triplets, on a list of shapes,",
      "for which the model's folder alone is needed."
    })
final class EvaluateCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "The model folder (default: model/ of the run); short for evaluate.model")
  private String model;

  @Option(
      names = "--triplets",
      paramLabel = "FILE",
      description = "CSV or JSONL of shapes to measure; short for evaluate.triplets")
  private String triplets;

  @Option(
      names = "--classes",
      paramLabel = "FILE",
      description =
          "JSON of {class: [names]} (default: the categories); short for evaluate.classes")
  private String classes;

  @Option(
      names = "--twin",
      paramLabel = "DIR",
      description = "A second model to stand beside it; short for evaluate.twin")
  private String twin;

  @Option(
      names = "--bank",
      paramLabel = "DIR",
      description =
          "A bank whose names are ranked, too (default: the one that model.json names, if it does);"
              + " short for evaluate.bank")
  private String bank;

  @Option(
      names = "--no-bank",
      description = "Leaves the bank out that model.json names; short for evaluate.bank = none")
  private boolean noBank;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "The folder for the figures (default: evaluation/ of the run; with --triplets none);"
              + " short for evaluate.output")
  private String out;

  @Mixin private RunOptions options;

  @Override
  public Integer call() {
    if (noBank && bank != null) {
      throw UserError.usage("--bank and --no-bank contradict each other; leave one out");
    }
    Map<String, String> direct =
        new DirectOptions()
            .put("evaluate.model", model)
            .put("evaluate.triplets", triplets)
            .put("evaluate.classes", classes)
            .put("evaluate.twin", twin)
            .put("evaluate.bank", noBank ? "none" : bank)
            .put("evaluate.output", out)
            .settings();
    Settings settings = options.settings(direct);
    return settings.config().getString("evaluate.triplets").isEmpty()
        ? Job.run(List.of(Stage.EVALUATE), settings, options)
        : Job.runAlone(Stage.EVALUATE, settings, options);
  }
}
