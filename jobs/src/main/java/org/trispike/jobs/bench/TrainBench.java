package org.trispike.jobs.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;
import org.trispike.spiking.Encoder;
import org.trispike.spiking.EncoderSpec;
import org.trispike.spiking.Encoders;
import org.trispike.spiking.EnergyMeter;
import org.trispike.training.align.AlignmentSpec;
import org.trispike.training.averaging.Figures;
import org.trispike.training.averaging.Observed;
import org.trispike.training.draw.Minibatch;
import org.trispike.training.graph.AlignmentGraph;
import org.trispike.training.graph.GraphSpec;
import org.trispike.training.graph.OptimizerSpec;
import org.trispike.training.graph.ProjectionStart;
import org.trispike.training.graph.WarmupCosine;

/**
 * Whole training steps: voxels, rulebooks, forward, loss, backward and update by the graph that
 * pretraining uses, with the width of 1280 of SVL, each step on another batch of 16; beside them
 * the encoder's twin without spikes.
 */
final class TrainBench {
  private static final int WIDTH = 1280;

  /** A step has the work of its forward pass, and as much again to data and to weights. */
  private static final double PASSES = 3;

  private final List<PointBatch> clouds;
  private final int threads;

  private TrainBench(List<PointBatch> clouds, int threads) {
    this.clouds = clouds;
    this.threads = threads;
  }

  /**
   * @param clouds batches, at least one
   */
  static void run(
      PrintStream out, Benchmarks.Options options, Machine machine, List<PointBatch> clouds) {
    int threads = options.threads();
    TrainBench bench = new TrainBench(clouds, threads);
    EncoderSpec spec = EncoderSpec.standard(options.encoder(), WIDTH);
    Steps steps = bench.steps(spec);
    List<Timing> times =
        Timing.paired(options.seconds(), bench.batches(), List.of(steps, bench.steps(spec.twin())));
    try (Compute compute = Computes.cpu(threads)) {
      bench.print(out, "%s; %s", compute.description(), machine.text());
      bench.print(
          out,
          "%s, %d batches of %d clouds of %,d points; milliseconds a cloud, best / median",
          options.encoder(),
          clouds.size(),
          bench.samples(),
          clouds.get(0).points() / bench.samples());
      bench.line(out, "a training step", times.get(0));
      bench.line(out, "the same without spikes", times.get(1));
      double flops =
          PASSES * 2 * bench.macs(compute, spec) * bench.samples() / times.get(0).median();
      bench.print(
          out,
          "A step reaches %.1f GFLOP/s, %.0f %% of the peak of %d cores",
          flops * 1e-9,
          100 * flops / machine.flops() / threads,
          threads);
      bench.print(
          out,
          "Of its time %.1f %% are the encoder's passes, %.1f %% the loss, %.1f %% DL4J: layers,"
              + " updater, copies (medians)",
          steps.share("nanos.compute"),
          steps.share("nanos.loss"),
          steps.share("nanos.rest"));
    }
  }

  private int samples() {
    return clouds.get(0).samples();
  }

  private List<MultiDataSet> batches() {
    List<MultiDataSet> batches = new ArrayList<>();
    for (PointBatch points : clouds) {
      batches.add(minibatch(points, batches.size()).toMultiDataSet());
    }
    return batches;
  }

  private Steps steps(EncoderSpec encoder) {
    ComputationGraph graph =
        AlignmentGraph.create(
            new GraphSpec(
                encoder,
                WIDTH,
                ProjectionStart.RANDOM,
                AlignmentSpec.standard(),
                new OptimizerSpec(
                    new WarmupCosine(1e-6, 2e-3, 1e-5, 100, 10_000), 0.9, 0.98, 1e-8, 1e-4),
                threads,
                1));
    return new Steps(graph);
  }

  private static Minibatch minibatch(PointBatch points, long key) {
    KeyedRandom random = KeyedRandom.of(key, 2);
    float[] text = new float[points.samples() * WIDTH];
    float[] image = new float[points.samples() * WIDTH];
    for (int i = 0; i < text.length; i++) {
      text[i] = (float) random.nextGaussian();
      image[i] = (float) random.nextGaussian();
    }
    float[] has = new float[2 * points.samples()];
    Arrays.fill(has, 1);
    return new Minibatch(points, text, image, has);
  }

  private void line(PrintStream out, String name, Timing time) {
    print(
        out,
        "  %-28s %7.2f / %7.2f ms   spread %3.0f %%",
        name,
        time.best() / samples() * 1e3,
        time.median() / samples() * 1e3,
        time.spread());
  }

  private void print(PrintStream out, String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
  }

  /** Multiply-adds of a forward pass, a sample. */
  private double macs(Compute compute, EncoderSpec spec) {
    Encoder encoder = Encoders.create(spec);
    float[] flat = new float[encoder.layout().size()];
    encoder.initialize(flat, 1);
    EnergyMeter meter = new EnergyMeter();
    for (PointBatch batch : clouds) {
      try (Scope scope = new Scope(compute)) {
        Tensor parameters = scope.of(flat, flat.length);
        meter.add(encoder.forward(scope, parameters, batch, false).activities());
      }
    }
    return meter.total().denseMacs() / meter.samples();
  }

  /** Steps of one graph, and what its vertices tell of each. */
  private static final class Steps implements Consumer<MultiDataSet> {
    private final ComputationGraph graph;
    private final List<Figures> all = new ArrayList<>();

    Steps(ComputationGraph graph) {
      this.graph = graph;
    }

    @Override
    public void accept(MultiDataSet batch) {
      Figures figures = new Figures();
      long begin = System.nanoTime();
      graph.fit(batch);
      figures.add("nanos.fit", System.nanoTime() - begin);
      Observed.of(graph).forEach(part -> part.report(figures));
      figures.add(
          "nanos.rest",
          figures.sum("nanos.fit") - figures.sum("nanos.compute") - figures.sum("nanos.loss"));
      all.add(figures);
    }

    /** The middle one of the shares of all steps, in percent. */
    double share(String name) {
      double[] shares =
          all.stream()
              .mapToDouble(step -> step.sum(name) / step.sum("nanos.fit"))
              .sorted()
              .toArray();
      return 100 * shares[shares.length / 2];
    }
  }
}
