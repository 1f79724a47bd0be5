package org.trispike.jobs;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.trispike.jobs.bench.Benchmarks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "bench",
    sortOptions = false,
    description = {
      "Measures the kernels or a training step on this machine: each figure as a share of what the",
      "machine can do, and beside a baseline of the same run. Best on a quiet machine."
    })
final class BenchCommand implements Callable<Integer> {
  @Parameters(paramLabel = "WHAT", description = "One of: ${COMPLETION-CANDIDATES}")
  private Benchmarks what;

  @Option(
      names = "--seconds",
      defaultValue = "0.5",
      paramLabel = "S",
      description =
          "Time for each figure; steps of large encoders want more (default: ${DEFAULT-VALUE})")
  private double seconds;

  @Option(
      names = "--encoder",
      defaultValue = "e3dsnn-t",
      paramLabel = "NAME",
      description = "The encoder whose steps are timed (default: ${DEFAULT-VALUE})")
  private String encoder;

  @Option(
      names = "--threads",
      defaultValue = "1",
      paramLabel = "N",
      description = "Threads of a training step (default: ${DEFAULT-VALUE})")
  private int threads;

  @Option(
      names = "--dataset",
      paramLabel = "DIR",
      description = "Times steps on clouds of this dataset (default: on generated ones)")
  private String dataset;

  @Override
  public Integer call() {
    what.run(
        System.out,
        new Benchmarks.Options(seconds, encoder, threads, Optional.ofNullable(dataset)));
    return 0;
  }
}
