package org.trispike.jobs.bench;

import java.io.PrintStream;
import java.util.Optional;
import org.trispike.datasets.UserError;
import org.trispike.spiking.Encoders;

/** What there is to measure. */
public enum Benchmarks {
  /** Products, sparse convolutions, elementwise work, voxels and rulebooks. */
  KERNELS,
  /** Whole training steps. */
  TRAIN;

  private static final int BATCHES = 6;

  /**
   * How to measure.
   *
   * @param seconds for each figure
   * @param encoder of training steps
   * @param threads of training steps
   * @param dataset whose clouds are taken; without it they are generated
   */
  public record Options(double seconds, String encoder, int threads, Optional<String> dataset) {
    public Options {
      if (!(seconds > 0 && seconds <= 600)) {
        throw UserError.usage("--seconds is " + seconds + ", which is outside 0..600");
      }
      if (threads < 1 || threads > 1024) {
        throw UserError.usage("--threads is " + threads + ", which is outside 1..1024");
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
    Machine machine = Machine.measure();
    switch (this) {
      case KERNELS -> KernelBench.run(out, options.seconds(), machine);
      case TRAIN ->
          TrainBench.run(
              out,
              options,
              machine,
              options
                  .dataset()
                  .map(folder -> BenchClouds.dataset(folder, BATCHES))
                  .orElseGet(() -> BenchClouds.generated(BATCHES)));
    }
  }
}
