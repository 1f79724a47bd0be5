package org.trispike.jobs;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.trispike.jobs.predict.PredictAction;
import org.trispike.jobs.predict.PredictConfig;
import org.trispike.jobs.predict.Prediction;
import org.trispike.spiking.Weights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "predict",
    sortOptions = false,
    description = "Ranks a model's classes for meshes and clouds, without Spark.")
final class PredictCommand implements Callable<Integer> {
  @Option(names = "--model", required = true, paramLabel = "DIR", description = "The model folder")
  private Path model;

  @Option(
      names = "--bank",
      paramLabel = "DIR",
      description =
          "A bank whose names are ranked in the place of the model's classes (default: the one that"
              + " model.json names, if it does)")
  private Path bank;

  @Option(
      names = "--no-bank",
      description = "Ranks the model's own classes, whatever bank model.json names")
  private boolean noBank;

  @Option(
      names = "--top",
      defaultValue = "5",
      paramLabel = "N",
      description = "Classes to show of each file (default: ${DEFAULT-VALUE})")
  private int top;

  @Option(
      names = "--weights",
      defaultValue = "float32",
      paramLabel = "W",
      description =
          "Of layers that see spikes, one of: ${COMPLETION-CANDIDATES}; INT8 is faster for wide"
              + " layers and not quite the same function (default: ${DEFAULT-VALUE})")
  private Weights weights;

  @Option(names = "--json", description = "One JSON object a line instead of a table")
  private boolean json;

  @Option(
      names = "--explain",
      description =
          "Before that, to standard error, for clouds like the first file's: the share of each"
              + " layer's inputs that fires, the share below which adding up spikes is the faster,"
              + " the path that is taken, and the times of both")
  private boolean explain;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "GLB, glTF, OBJ, OFF, PLY, STL, NPY or NPZ")
  private List<Path> files;

  @Override
  public Integer call() {
    PredictAction action =
        new PredictAction(
            new PredictConfig(model, Optional.ofNullable(bank), !noBank, files, top, weights));
    if (explain) {
      action.explain().forEach(choice -> System.err.println(choice.toText()));
    }
    boolean bad = false;
    for (Prediction prediction : action.run()) {
      System.out.println(json ? prediction.toJson() : prediction.toText());
      bad |= !prediction.problem().isEmpty();
    }
    return bad ? 3 : 0;
  }
}
