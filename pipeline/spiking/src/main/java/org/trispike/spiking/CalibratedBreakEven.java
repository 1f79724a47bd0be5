package org.trispike.spiking;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.trispike.kernels.Compute;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.Rulebook;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;
import org.trispike.kernels.VoxelPyramid;
import org.trispike.kernels.VoxelSpec;

/**
 * Break-even measured on this machine: on a generated surface, or on rows for a linear map, the
 * dense kernels, whose time does not depend on the rate, and the event-driven ones at a low and a
 * high rate, between which their time is a straight line. Some tens of milliseconds for each shape,
 * when it is first asked for and again after {@link #AGAIN} and {@link #LAST} questions: before its
 * kernels are compiled they are hundreds of times slower, and whichever is compiled first would win
 * for good.
 */
final class CalibratedBreakEven implements BreakEven {
  private static final double LOW = 1 / 16.0;
  private static final double HIGH = 1 / 2.0;
  private static final long NANOS = 15_000_000;

  /**
   * Floats that pass through the caches between two runs, as other layers' do in a network: more
   * than a second cache holds, since rows of weights that lie far away cost the event-driven
   * kernels, which jump, more than the dense ones, which stream.
   */
  private static final int BALLAST = 1 << 20;

  private static final int LEAST_RUNS = 3;

  private static final int AGAIN = 64;

  private static final int LAST = 1024;

  private record Key(String compute, ConvShape shape) {}

  private record Measured(double rate, int questions) {}

  private final Map<Key, Measured> known = new ConcurrentHashMap<>();

  @Override
  public double of(Compute compute, ConvShape shape) {
    Key key = new Key(compute.description(), shape);
    Measured settled = known.get(key);
    return settled != null && settled.questions() >= LAST
        ? settled.rate()
        : known.compute(key, (k, last) -> asked(compute, shape, last)).rate();
  }

  private static Measured asked(Compute compute, ConvShape shape, Measured last) {
    int questions = last == null ? 0 : last.questions() + 1;
    boolean anew = last == null || questions == AGAIN || questions == LAST;
    return new Measured(anew ? measure(compute, shape) : last.rate(), questions);
  }

  private static double measure(Compute compute, ConvShape shape) {
    Rulebook rulebook = shape.offsets() == 1 ? Rulebook.identity(shape.sites()) : surface(shape);
    try (Scope scope = new Scope(compute)) {
      Tensor weights = scope.zeros(shape.offsets(), shape.in(), shape.out());
      Tensor y = scope.tensor(rulebook.outRows(), shape.out());
      Tensor few = spikes(scope, rulebook.inRows(), shape.in(), LOW);
      Tensor many = spikes(scope, rulebook.inRows(), shape.in(), HIGH);
      Tensor ballast = scope.tensor(BALLAST);
      double high =
          seconds(
              () -> warm(compute, ballast, many),
              () -> compute.spikeConv(many, weights, rulebook, y));
      double low =
          seconds(
              () -> warm(compute, ballast, few),
              () -> compute.spikeConv(few, weights, rulebook, y));
      double dense =
          seconds(
              () -> warm(compute, ballast, many),
              () -> compute.sparseConv(many, weights, rulebook, y));
      return crossing(dense, low, high);
    }
  }

  /** Leaves the caches as a layer finds them: other layers passed, then its spikes were made. */
  private static void warm(Compute compute, Tensor ballast, Tensor spikes) {
    compute.fill(ballast, 0f);
    compute.active(spikes);
  }

  /** Where the line through the two event-driven times meets the dense one, within 0..1. */
  static double crossing(double dense, double low, double high) {
    if (high <= low) {
      return low < dense ? 1 : 0;
    }
    double rate = LOW + (dense - low) / (high - low) * (HIGH - LOW);
    return Math.max(0, Math.min(1, rate));
  }

  /** The best of some runs: what disturbs a run only makes it longer. */
  private static double seconds(Runnable before, Runnable run) {
    long end = System.nanoTime() + NANOS;
    long best = Long.MAX_VALUE;
    for (int i = 0; i < LEAST_RUNS || System.nanoTime() < end; i++) {
      before.run();
      long start = System.nanoTime();
      run.run();
      best = Math.min(best, System.nanoTime() - start);
    }
    return best * 1e-9;
  }

  /** A sphere with about as many sites as the shape has. */
  private static Rulebook surface(ConvShape shape) {
    boolean halves = shape.offsets() == 8;
    // A sphere of radius r voxels occupies about 4 π r² · 1.5 of them; halving leaves a quarter.
    double radius = Math.sqrt(shape.sites() * (halves ? 4 : 1) / (6 * Math.PI));
    int points = shape.sites() * (halves ? 12 : 3);
    float[] xyz = new float[3 * points];
    KeyedRandom random = KeyedRandom.of(shape.sites());
    for (int p = 0; p < points; p++) {
      double x = random.nextGaussian();
      double y = random.nextGaussian();
      double z = random.nextGaussian();
      double scale = radius / Math.sqrt(x * x + y * y + z * z);
      xyz[3 * p] = (float) (x * scale);
      xyz[3 * p + 1] = (float) (y * scale);
      xyz[3 * p + 2] = (float) (z * scale);
    }
    PointBatch batch = new PointBatch(new int[] {0, points}, xyz, new float[3 * points]);
    VoxelSpec spec = new VoxelSpec(1f, VoxelSpec.Origin.PER_SAMPLE, VoxelSpec.Duplicates.MEAN);
    VoxelPyramid pyramid = VoxelPyramid.build(batch, spec, 2);
    return halves ? pyramid.level(1).down() : pyramid.level(0).submanifold();
  }

  /** Some rows fire more than others, 0 to 2 times the rate. */
  private static Tensor spikes(Scope scope, int rows, int channels, double rate) {
    float[] values = new float[rows * channels];
    KeyedRandom random = KeyedRandom.of(rows, channels);
    for (int r = 0; r < rows; r++) {
      double own = random.uniform(0, 2 * rate);
      for (int c = 0; c < channels; c++) {
        values[r * channels + c] = random.nextFloat() < own ? 1f : 0f;
      }
    }
    return scope.of(values, rows, channels);
  }
}
