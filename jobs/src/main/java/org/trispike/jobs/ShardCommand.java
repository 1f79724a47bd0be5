package org.trispike.jobs;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "shard",
    sortOptions = false,
    description =
        "Reads a list or a collection of shapes, pictures and texts and makes a dataset of Parquet"
            + " shards.")
final class ShardCommand implements Callable<Integer> {
  @Option(
      names = "--triplets",
      paramLabel = "FILE",
      description =
          "CSV or JSONL of shape, images, text, category, or the list that the layout has; short"
              + " for data.triplets")
  private String triplets;

  @Option(
      names = "--layout",
      paramLabel = "WORD",
      description =
          "How the collection lies on disk: list (the default), folders, modelnet, hdf5,"
              + " openshape, ulip, objaverse; short for data.layout")
  private String layout;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "The folder of the collection (default: that of the list); short for data.root")
  private String root;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The run folder, in which dataset/ is made; short for run.dir")
  private String out;

  @Mixin private RunOptions options;

  @Override
  public Integer call() {
    Map<String, String> direct =
        new DirectOptions()
            .put("data.layout", layout)
            .put("data.triplets", triplets)
            .put("data.root", root)
            .put("run.dir", out)
            .settings();
    return Job.run(List.of(Stage.SHARD), options.settings(direct), options);
  }
}
