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
import org.trispike.spiking.EncoderTrace;
import org.trispike.spiking.Encoders;
import org.trispike.spiking.EnergyMeter;
import org.trispike.training.align.AlignmentSpec;
import org.trispike.training.draw.Minibatch;
import org.trispike.training.graph.AlignmentGraph;
import org.trispike.training.graph.GraphSpec;
import org.trispike.training.graph.OptimizerSpec;
import org.trispike.training.graph.ProjectionStart;
import org.trispike.training.graph.WarmupCosine;

/**
 * Whole training steps: voxels, rulebooks, forward, loss, backward and update by the graph that
 * pretraining uses, with the width of 1280 of SVL, each step on another batch of 16; beside them
 * the encoder's own passes, and the encoder's twin without spikes.
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
    try (Compute compute = Computes.cpu(threads);
        Passes passes = new Passes(compute, spec)) {
      List<Timing> times =
          Timing.paired(
              options.seconds(),
              bench.batches(),
              List.of(
                  bench.steps(spec),
                  bench.steps(spec.twin()),
                  batch -> passes.run(batch.points())));
      double operations = PASSES * 2 * passes.macs(clouds);
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
      bench.line(out, "the encoder's passes alone", times.get(2));
      bench.print(
          out,
          "A step reaches %.1f GFLOP/s, %.0f %% of the peak of %d cores; DL4J, loss and copies are"
              + " %.1f %% of it",
          operations * bench.samples() / times.get(0).median() * 1e-9,
          100 * operations * bench.samples() / times.get(0).median() / machine.flops() / threads,
          threads,
          100 * (1 - 1 / times.get(2).timesAsFastAs(times.get(0))));
    }
  }

  private int samples() {
    return clouds.get(0).samples();
  }

  /** What a step is made on. */
  private record Batch(PointBatch points, MultiDataSet data) {}

  private List<Batch> batches() {
    List<Batch> batches = new ArrayList<>();
    for (PointBatch points : clouds) {
      batches.add(new Batch(points, minibatch(points, batches.size()).toMultiDataSet()));
    }
    return batches;
  }

  private Consumer<Batch> steps(EncoderSpec encoder) {
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
    return batch -> graph.fit(batch.data());
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

  /** The encoder forward and backward, without DL4J. */
  private static final class Passes implements AutoCloseable {
    private final Encoder encoder;
    private final Scope resident;
    private final Tensor parameters;
    private final Tensor gradients;

    Passes(Compute compute, EncoderSpec spec) {
      encoder = Encoders.create(spec);
      resident = new Scope(compute);
      float[] flat = new float[encoder.layout().size()];
      encoder.initialize(flat, 1);
      parameters = resident.of(flat, flat.length);
      gradients = resident.tensor(flat.length);
    }

    void run(PointBatch batch) {
      try (Scope scope = new Scope(resident.compute())) {
        EncoderTrace trace = encoder.forward(scope, parameters, batch, true);
        encoder.backward(trace, trace.output(), parameters, gradients);
      }
    }

    /** Multiply-adds of a forward pass, a sample. */
    double macs(List<PointBatch> batches) {
      EnergyMeter meter = new EnergyMeter();
      for (PointBatch batch : batches) {
        try (Scope scope = new Scope(resident.compute())) {
          meter.add(encoder.forward(scope, parameters, batch, false).activities());
        }
      }
      return meter.total().denseMacs() / meter.samples();
    }

    @Override
    public void close() {
      resident.close();
    }
  }
}
