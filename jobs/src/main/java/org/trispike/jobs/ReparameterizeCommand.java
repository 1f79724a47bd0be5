package org.trispike.jobs;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "reparameterize",
    sortOptions = false,
    description = "Folds classes and encoder into one deployable model (Rep-VLI).")
final class ReparameterizeCommand implements Callable<Integer> {
  @Option(
      names = "--classes",
      paramLabel = "FILE",
      description =
          "JSON of {class: [names]} (default: classes.json beside the list, else the categories);"
              + " short for reparameterize.classes")
  private String classes;

  @Option(
      names = "--append",
      description = "Add the classes to the model that is there; short for reparameterize.append")
  private boolean append;

  @Mixin private RunOptions options;

  @Override
  public Integer call() {
    Map<String, String> direct =
        new DirectOptions()
            .put("reparameterize.classes", classes)
            .put("reparameterize.append", append ? "true" : null)
            .settings();
    return Job.run(List.of(Stage.REPARAMETERIZE), options.settings(direct), options);
  }
}
