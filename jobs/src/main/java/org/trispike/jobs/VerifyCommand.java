package org.trispike.jobs;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    sortOptions = false,
    description = {
      "Reads a dataset again, every byte and every row: hashes, pages, counts, vectors, ids that",
      "stand twice, shapes that are in two splits. Ends with 3 if anything is wrong."
    })
final class VerifyCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "DIR",
      description = "A dataset, or a run folder, whose dataset/ and embedded/ are read")
  private String directory;

  @Mixin private RunOptions options;

  @Override
  public Integer call() {
    return Job.verify(directory, options.settings(Map.of()), options);
  }
}
