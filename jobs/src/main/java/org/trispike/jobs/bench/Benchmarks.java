package org.trispike.jobs.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.trispike.datasets.UserError;
import org.trispike.kernels.PointBatch;
import org.trispike.spiking.Encoders;

/** What there is to measure. */
public enum Benchmarks {
  /** Products, sparse convolutions, elementwise work, voxels and rulebooks. */
  KERNELS,
  /** Whole training steps. */
  TRAIN,
  /** Points to logits, by each path of the spiking layers. */
  INFER,
  /** What makes points of surfaces, and voxels, rulebooks and patches of points. */
  SAMPLE,
  /** Averaging of replicas, through the driver and through a shuffle. */
  AVERAGE,
  /** Kernels on codes for GPUs: their plans, or on a device their speed. */
  VQ;

  private static final int BATCHES = 6;

  /**
   * How to measure.
   *
   * @param seconds for each figure
   * @param encoder of training steps and of inference
   * @param threads of training steps
   * @param dataset whose clouds are taken; without it they are generated
   * @param executors of averaging, processes of their own; 0 for two cores of this one
   * @param millions of parameters of the networks that are averaged
   * @param model folder of a trained one, for inference; without it weights are random
   * @param device where kernels on codes are measured, or that they are planned only
   */
  public record Options(
      double seconds,
      String encoder,
      int threads,
      Optional<String> dataset,
      int executors,
      List<Double> millions,
      Optional<String> model,
      VqBench.Device device) {
    public Options {
      millions = List.copyOf(millions);
      if (!(seconds > 0 && seconds <= 600)) {
        throw UserError.usage("--seconds is " + seconds + ", which is outside 0..600");
      }
      if (threads < 1 || threads > 1024) {
        throw UserError.usage("--threads is " + threads + ", which is outside 1..1024");
      }
      if (executors < 0 || executors > 64) {
        throw UserError.usage("--executors is " + executors + ", which is outside 0..64");
      }
      for (double some : millions) {
        if (!(some > 0 && some <= 500)) {
          throw UserError.usage("--millions is " + some + ", which is outside 0..500");
        }
      }
      if (!Encoders.names().contains(encoder)) {
        throw UserError.usage(
            "There is no encoder "
                + encoder
                + "; known are "
                + String.join(", ", Encoders.names()));
      }
    }
  }

  /** Measures and prints. */
  public void run(PrintStream out, Options options) {
    switch (this) {
      case KERNELS -> KernelBench.run(out, options.seconds(), Machine.measure(options.seconds()));
      case AVERAGE -> AverageBench.run(out, options);
      case SAMPLE -> SampleBench.run(out, options.seconds(), Machine.measure(options.seconds()));
      case INFER ->
          InferBench.run(out, options, Machine.measure(options.seconds()), clouds(options));
      case TRAIN ->
          TrainBench.run(out, options, Machine.measure(options.seconds()), clouds(options));
      case VQ -> VqBench.run(out, options.device(), options.seconds());
    }
  }

  private static List<PointBatch> clouds(Options options) {
    return options
        .dataset()
        .map(folder -> BenchClouds.dataset(folder, BATCHES))
        .orElseGet(() -> BenchClouds.generated(BATCHES));
  }
}
