package org.trispike.jobs;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "inspect",
    sortOptions = false,
    description = {
      "Says what a dataset holds, or a file: a shape, an HDF5 file of clouds, a recording of an",
      "event camera. With --out, writes it as PLY clouds and PNG pictures to look at."
    })
final class InspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "PATH", description = "A dataset (a folder with dataset.json) or a file")
  private String path;

  @Option(
      names = "--rows",
      defaultValue = "3",
      paramLabel = "N",
      description = "Rows of a dataset, or clouds of a file, to show (default: ${DEFAULT-VALUE})")
  private int rows;

  @Option(names = "--id", defaultValue = "", paramLabel = "ID", description = "The row to show")
  private String id;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The folder for clouds and pictures (default: none are written)")
  private Path out;

  @Mixin private RunOptions options;

  @Override
  public Integer call() {
    return Job.inspect(path, Optional.ofNullable(out), rows, id, options.settings(Map.of()));
  }
}
