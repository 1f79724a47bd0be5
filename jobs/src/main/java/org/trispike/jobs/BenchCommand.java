package org.trispike.jobs;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.trispike.jobs.bench.Benchmarks;
import org.trispike.jobs.bench.VqBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "bench",
    sortOptions = false,
    description = {
      "Measures the kernels, a training step, inference, the sampling of points, the averaging of",
      "replicas or kernels on codes on this machine: each figure as a share of what the machine can",
      "do, or beside another way of the same run. Best on a quiet machine."
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
      description = "The encoder whose steps or inference are timed (default: ${DEFAULT-VALUE})")
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
      description =
          "Times steps and inference on clouds of this dataset (default: on generated ones)")
  private String dataset;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Times inference of this model (default: of --encoder with random weights)")
  private String model;

  @Option(
      names = "--executors",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "Averages on so many executors of one core each, which needs SPARK_HOME; 0: on two cores"
              + " of this process (default: ${DEFAULT-VALUE})")
  private int executors;

  @Option(
      names = "--millions",
      defaultValue = "2,12,50",
      split = ",",
      paramLabel = "M",
      description =
          "Parameters of the networks that are averaged, in millions (default: ${DEFAULT-VALUE})")
  private List<Double> millions;

  @Option(
      names = "--device",
      defaultValue = "cpu",
      paramLabel = "WHERE",
      description =
          "Of vq: cuda measures kernels on a GPU, cpu prints their plans and what they take"
              + " (default: ${DEFAULT-VALUE})")
  private VqBench.Device device;

  @Override
  public Integer call() {
    what.run(
        System.out,
        new Benchmarks.Options(
            seconds,
            encoder,
            threads,
            Optional.ofNullable(dataset),
            executors,
            millions,
            Optional.ofNullable(model),
            device));
    return 0;
  }
}
