package org.trispike.jobs.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.PointPatches;
import org.trispike.kernels.VoxelPyramid;
import org.trispike.spiking.EncoderSpec;
import org.trispike.spiking.Encoders;
import org.trispike.spiking.InferencePaths;
import org.trispike.spiking.InferenceRuntime;
import org.trispike.spiking.SpikePath;
import org.trispike.spiking.SpikingModel;

/**
 * From points to logits: one cloud at a time on one core by each path of the layers that see
 * spikes, and batches on one and two threads, beside the same network without spikes. Ways take
 * turns, cloud by cloud, so that whatever else runs meets all of them.
 */
final class InferBench {
  /** Clouds by which the calibrated paths are settled. */
  private static final int SETTLING = 8;

  private final PrintStream out;
  private final double seconds;
  private final SpikingModel model;
  private final SpikingModel twin;
  private final List<PointBatch> batches;

  private InferBench(
      PrintStream out, double seconds, SpikingModel model, List<PointBatch> batches) {
    this.out = out;
    this.seconds = seconds;
    this.model = model;
    this.batches = batches;
    // The time of ReLU and dense kernels does not depend on the weights.
    twin = BenchModel.random(model.network().twin());
  }

  /**
   * @param batches of clouds, at least one
   */
  static void run(
      PrintStream out, Benchmarks.Options options, Machine machine, List<PointBatch> batches) {
    SpikingModel model =
        options
            .model()
            .map(BenchModel::read)
            .orElseGet(() -> BenchModel.random(EncoderSpec.standard(options.encoder(), 1)));
    InferBench bench = new InferBench(out, options.seconds(), model, batches);
    PointBatch first = batches.get(0);
    bench.print("%s", machine.text());
    bench.print(
        "%s, T x D = %d x %d, clouds of %,d points; best / median of all clouds",
        model.network().name(),
        model.network().steps(),
        model.network().neuron().levels(),
        first.points() / first.samples());
    bench.latency(BenchClouds.singles(first));
    for (int threads = 1; threads <= 2; threads++) {
      bench.throughput(threads);
    }
  }

  /** One of the ways, and the runtime that goes it. */
  private record Way(String name, InferenceRuntime runtime) {}

  private List<Way> ways(Compute compute) {
    List<Way> ways = new ArrayList<>();
    InferenceRuntime chosen = model.open(compute, InferencePaths.calibrated());
    if (chosen.hasPaths()) {
      ways.add(new Way("chosen by calibration", chosen));
      ways.add(forced(compute, "dense integers", SpikePath.INTEGER));
      ways.add(new Way("weights of 8 bits", model.open(compute, InferencePaths.int8())));
      ways.add(forced(compute, "binary slots, T x D", SpikePath.BINARY));
      ways.add(forced(compute, "event-driven", SpikePath.EVENT));
    } else {
      ways.add(new Way("dense integers", chosen));
    }
    ways.add(new Way("without spikes", twin.open(compute)));
    return ways;
  }

  private Way forced(Compute compute, String name, SpikePath path) {
    return new Way(name, model.open(compute, InferencePaths.always(path)));
  }

  private void latency(List<PointBatch> clouds) {
    try (Compute compute = Computes.cpu(1)) {
      List<Way> ways = ways(compute);
      settle(ways.get(0), clouds);
      List<Timing> times = Timing.paired(seconds, clouds, tasks(ways));
      Timing baseline = times.get(ways.size() - 1);
      print("");
      print("one cloud at a time, %s", compute.description());
      for (int w = 0; w < ways.size(); w++) {
        Timing time = times.get(w);
        print(
            "  %-28s %8.2f / %8.2f ms   %5.2f times as fast as without spikes   %sspread %3.0f %%",
            ways.get(w).name(),
            time.best() * 1e3,
            time.median() * 1e3,
            time.timesAsFastAs(baseline),
            share(times, ways.size(), time),
            time.spread());
      }
    }
  }

  private static void settle(Way chosen, List<PointBatch> clouds) {
    for (int i = 0; i < SETTLING; i++) {
      chosen.runtime().logits(clouds.get(i % clouds.size()));
    }
  }

  private void throughput(int threads) {
    try (Compute compute = Computes.cpu(threads)) {
      List<Way> ways = ways(compute);
      List<Way> ends = List.of(ways.get(0), ways.get(ways.size() - 1));
      List<Timing> times = Timing.paired(seconds, batches, tasks(ends));
      int samples = batches.get(0).samples();
      print("");
      print("batches of %d, %s", samples, compute.description());
      for (int w = 0; w < ends.size(); w++) {
        Timing time = times.get(w);
        print(
            "  %-28s %8.1f / %8.1f clouds/s   %sspread %3.0f %%",
            ends.get(w).name(),
            samples / time.best(),
            samples / time.median(),
            share(times, ends.size(), time),
            time.spread());
      }
    }
  }

  /** The ways, and behind them what an encoder does first, if it does. */
  private List<Consumer<PointBatch>> tasks(List<Way> ways) {
    List<Consumer<PointBatch>> tasks = new ArrayList<>();
    ways.forEach(way -> tasks.add(way.runtime()::logits));
    preparation(model.network()).ifPresent(tasks::add);
    return tasks;
  }

  /** What an encoder makes of the points before it computes. */
  private static Optional<Consumer<PointBatch>> preparation(EncoderSpec spec) {
    if (Encoders.onVoxels(spec)) {
      return Optional.of(cloud -> VoxelPyramid.build(cloud, spec.voxels(), BenchClouds.LEVELS));
    }
    if (spec.name().equals("pointformer")) {
      int groups = spec.pointFormer().groups();
      int neighbours = spec.pointFormer().neighbours();
      return Optional.of(cloud -> PointPatches.cut(cloud, groups, neighbours));
    }
    return Optional.empty();
  }

  /** The part of the way's time that goes into what stands behind the ways, if anything does. */
  private String share(List<Timing> times, int ways, Timing way) {
    if (times.size() == ways) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "%s %4.1f %%   ",
        model.network().name().equals("pointformer") ? "patches" : "voxels and rulebooks",
        100 / times.get(ways).timesAsFastAs(way));
  }

  private void print(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
  }
}
