package org.trispike.jobs.bench;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.FloatPointer;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.Neuron;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.Resampling;
import org.trispike.kernels.Rulebook;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;
import org.trispike.kernels.VoxelPyramid;
import org.trispike.kernels.VoxelSpec;
import org.trispike.kernels.Window2d;

/**
 * The kernels on one core: products against OpenBLAS, convolutions against our own products,
 * elementwise work against a copy, voxels and rulebooks, at the shapes of E-3DSNN and of detectors.
 */
final class KernelBench {

  /** Rows and columns of the matrices by which OpenBLAS is judged. */
  private static final int SQUARE = 512;

  /** Rows, inputs and outputs of linear layers. */
  private static final int[][] LINEAR = {
    {40, 256, 256},
    {736, 128, 1280},
    {1000, 64, 64},
    {4096, 64, 64},
    {4096, 256, 256},
    {8192, 32, 32},
    {10_000, 16, 16},
  };

  /** Level, inputs and outputs of submanifold convolutions. */
  private static final int[][] SUBMANIFOLD = {
    {0, 6, 16},
    {0, 16, 16},
    {1, 32, 32},
    {2, 32, 32},
    {2, 64, 64},
    {3, 64, 64},
    {3, 128, 128},
    {4, 128, 128},
    {4, 256, 256},
  };

  /** Level, inputs and outputs of convolutions that halve the resolution. */
  private static final int[][] DOWN = {{1, 16, 16}, {2, 16, 32}, {3, 32, 64}, {4, 64, 128}};

  /** Rows and columns of pixels, kernel, stride, padding, inputs and outputs of convolutions. */
  private static final int[][] IMAGES = {
    {640, 640, 7, 4, 2, 3, 64}, {80, 80, 3, 1, 1, 128, 128}, {80, 80, 3, 2, 1, 128, 256},
  };

  /** The same of depthwise convolutions, with one number of channels. */
  private static final int[][] DEPTHWISE = {
    {80, 80, 7, 1, 3, 256},
    {40, 40, 7, 1, 3, 512},
    {80, 80, 3, 1, 1, 256},
    {80, 80, 5, 1, 2, 256},
    {80, 80, 3, 2, 1, 256},
  };

  private final PrintStream out;
  private final double seconds;
  private final Machine machine;
  private final Compute compute;

  private KernelBench(PrintStream out, double seconds, Machine machine, Compute compute) {
    this.out = out;
    this.seconds = seconds;
    this.machine = machine;
    this.compute = compute;
  }

  /**
   * @param seconds for each figure
   */
  static void run(PrintStream out, double seconds, Machine machine) {
    try (Compute compute = Computes.cpu(1)) {
      KernelBench bench = new KernelBench(out, seconds, machine, compute);
      bench.print("%s; %s", compute.description(), machine.text());
      bench.print(
          "Best / median of many runs in turns; spread: how far nine runs of ten stay from the best");
      PointBatch clouds = BenchClouds.surfaces(1);
      bench.preparation(clouds);
      bench.dense();
      bench.sparse(VoxelPyramid.build(clouds, VoxelSpec.standard(), BenchClouds.LEVELS));
      bench.images();
      bench.elementwise();
    }
  }

  private void preparation(PointBatch clouds) {
    VoxelSpec spec = VoxelSpec.standard();
    List<Timing> times =
        Timing.paired(
            seconds,
            List.of(
                () -> VoxelPyramid.voxelize(clouds, spec),
                () -> VoxelPyramid.build(clouds, spec, BenchClouds.LEVELS)));
    long pairs = BenchClouds.pairs(VoxelPyramid.build(clouds, spec, BenchClouds.LEVELS));
    Timing voxels = times.get(0);
    Timing all = times.get(1);
    print("");
    print(
        "%d generated clouds of %,d points, %,d pairs",
        BenchClouds.SAMPLES, BenchClouds.POINTS, pairs);
    print(
        "  voxels of 0.02          %7.1f / %7.1f Mpts/s                           spread %3.0f %%",
        clouds.points() / voxels.best() * 1e-6,
        clouds.points() / voxels.median() * 1e-6,
        voxels.spread());
    print(
        "  rulebooks of 5 levels   %7.1f / %7.1f Mpairs/s                         spread %3.0f %%",
        pairs / (all.best() - voxels.best()) * 1e-6,
        pairs / (all.median() - voxels.median()) * 1e-6,
        all.spread());
  }

  private void dense() {
    print("");
    print(
        "products, against OpenBLAS on one thread, which reaches %.0f %% of the peak with %d rows and"
            + " columns",
        100 * openBlasFlops() / machine.flops(), SQUARE);
    for (int[] layer : LINEAR) {
      try (Scope scope = new Scope(compute)) {
        Tensor x = random(scope, layer[0], layer[1]);
        Tensor w = random(scope, layer[1], layer[2]);
        Tensor y = random(scope, layer[0], layer[2]);
        product(layer, "forward", false, false, x, w, y);
        product(layer, "to data", false, true, y, w, x);
        product(layer, "to weights", true, false, x, y, w);
      }
    }
  }

  /** By this it shows whether OpenBLAS knows the CPU: without its vectors it is no baseline. */
  private double openBlasFlops() {
    float[] values = new float[SQUARE * SQUARE];
    Arrays.fill(values, 0.5f);
    try (FloatPointer a = OpenBlas.matrix(values);
        FloatPointer b = OpenBlas.matrix(values);
        FloatPointer c = OpenBlas.matrix(values)) {
      Timing time =
          Timing.of(seconds, () -> OpenBlas.gemm(false, false, SQUARE, SQUARE, SQUARE, a, b, c));
      return 2.0 * SQUARE * SQUARE * SQUARE / time.best();
    }
  }

  private void product(
      int[] layer,
      String way,
      boolean transposeA,
      boolean transposeB,
      Tensor a,
      Tensor b,
      Tensor c) {
    int k = transposeA ? a.rows() : a.columns();
    try (FloatPointer left = OpenBlas.matrix(values(a));
        FloatPointer right = OpenBlas.matrix(values(b));
        FloatPointer result = OpenBlas.matrix(values(c))) {
      List<Timing> times =
          Timing.paired(
              seconds,
              List.of(
                  () -> compute.gemm(transposeA, transposeB, a, b, 0, c),
                  () ->
                      OpenBlas.gemm(
                          transposeA, transposeB, c.rows(), c.columns(), k, left, right, result)));
      String name = String.format(Locale.ROOT, "%d x %d -> %d", layer[0], layer[1], layer[2]);
      double operations = 2.0 * layer[0] * layer[1] * layer[2];
      flops(name, way, operations, times.get(0), times.get(1), operations, "OpenBLAS");
    }
  }

  private void sparse(VoxelPyramid pyramid) {
    print("");
    print("sparse convolutions, against our product of 4,096 rows of the same width");
    for (int[] layer : SUBMANIFOLD) {
      String name = "3x3x3 level " + layer[0];
      convolution(name, pyramid.level(layer[0]).submanifold(), layer[1], layer[2]);
    }
    for (int[] layer : DOWN) {
      String name = "2x2x2 level " + layer[0];
      convolution(name, pyramid.level(layer[0]).down(), layer[1], layer[2]);
    }
  }

  private void images() {
    print("");
    print("an image: dense convolutions, against our product of 4,096 rows of the same width");
    for (int[] i : IMAGES) {
      Window2d window = new Window2d(i[0], i[1], i[2], i[3], i[4]);
      convolution(name(i), window.rulebook(), i[5], i[6]);
    }
    print("depthwise convolutions, against ND4J's, and maxima and enlarging, against a copy");
    for (int[] image : DEPTHWISE) {
      depthwise(image);
    }
    try (Scope scope = new Scope(compute)) {
      Tensor x = random(scope, 40 * 40, 256);
      Window2d window = Window2d.same(40, 40, 5, 1);
      Tensor y = scope.tensor(window.outRows(), 256);
      bytes("5x5 maximum, 40", 2, x, () -> compute.maxPool(x, window, y, null));
      Tensor large = scope.tensor(4 * x.rows(), 256);
      Resampling twice = Resampling.nearest(40, 40, 80, 80);
      bytes("nearest, 40 to 80", 5, x, () -> compute.resample(twice, x, 0, large));
      Resampling smooth = Resampling.bilinear(40, 40, 80, 80);
      bytes("bilinear, 40 to 80", 5, x, () -> compute.resample(smooth, x, 0, large));
    }
  }

  /** As 7x7/4 of 640: the kernel, its stride, and the height of the image. */
  private static String name(int[] image) {
    return String.format(Locale.ROOT, "%dx%d/%d of %d", image[2], image[2], image[3], image[0]);
  }

  private void depthwise(int[] image) {
    Window2d window = new Window2d(image[0], image[1], image[2], image[3], image[4]);
    int channels = image[5];
    try (Scope scope = new Scope(compute)) {
      Tensor x = random(scope, window.inRows(), channels);
      Tensor w = random(scope, window.offsets(), channels);
      Tensor y = random(scope, window.outRows(), channels);
      Tensor dx = scope.tensor(window.inRows(), channels);
      Tensor dw = scope.tensor(window.offsets(), channels);
      NativeDepthwise peer = new NativeDepthwise(window, values(x), values(w), values(y));
      List<Timing> times =
          Timing.paired(
              seconds,
              List.of(
                  () -> compute.depthwiseConv(x, w, window, y),
                  peer::forward,
                  () -> {
                    compute.depthwiseConvBackwardData(y, w, window, 0, dx);
                    compute.depthwiseConvBackwardWeights(x, y, window, 0, dw);
                  },
                  peer::backward));
      double operations = 2.0 * window.rulebook().pairs() * channels;
      String name = name(image) + ", " + channels;
      flops(name, "forward", operations, times.get(0), times.get(1), operations, "ND4J");
      flops(name, "backward", 2 * operations, times.get(2), times.get(3), 2 * operations, "ND4J");
    }
  }

  private void convolution(String kind, Rulebook rulebook, int in, int out) {
    try (Scope scope = new Scope(compute)) {
      Tensor x = random(scope, rulebook.inRows(), in);
      Tensor w = random(scope, rulebook.offsets(), in, out);
      Tensor y = random(scope, rulebook.outRows(), out);
      Tensor dx = scope.tensor(rulebook.inRows(), in);
      Tensor dw = scope.tensor(rulebook.offsets(), in, out);
      Tensor rows = random(scope, 4096, in);
      Tensor square = random(scope, in, out);
      Tensor product = scope.tensor(4096, out);
      List<Timing> times =
          Timing.paired(
              seconds,
              List.of(
                  () -> compute.gemm(false, false, rows, square, 0, product),
                  () -> compute.sparseConvBackwardWeights(x, y, rulebook, 0, dw),
                  () -> compute.sparseConvBackwardData(y, w, rulebook, 0, dx),
                  () -> compute.sparseConv(x, w, rulebook, y)));
      double operations = 2.0 * rulebook.pairs() * in * out;
      double others = 2.0 * 4096 * in * out;
      String name = String.format(Locale.ROOT, "%s, %d -> %d", kind, in, out);
      flops(name, "forward", operations, times.get(3), times.get(0), others, "product");
      flops(name, "to data", operations, times.get(2), times.get(0), others, "product");
      flops(name, "to weights", operations, times.get(1), times.get(0), others, "product");
    }
  }

  private void elementwise() {
    print("");
    print("elementwise work on 524,288 x 16, against a copy");
    try (Scope scope = new Scope(compute)) {
      Tensor x = random(scope, 1 << 19, 16);
      Tensor y = scope.tensor(1 << 19, 16);
      Tensor u = scope.tensor(1 << 19, 16);
      Tensor mean = random(scope, 16);
      Tensor variance = scope.tensor(16);
      compute.fill(variance, 1);
      Tensor gamma = random(scope, 16);
      Neuron neuron = Neuron.svl(4);
      bytes("neuron, 1 step", 2, x, () -> compute.neuron(neuron, 1, x, x, y));
      bytes("neuron, 4 steps", 3, x, () -> compute.neuron(neuron, 4, x, u, y));
      bytes("norm", 2, x, () -> compute.batchNorm(x, mean, variance, 1e-5f, gamma, mean, null, y));
      bytes("statistics", 1, x, () -> compute.batchStatistics(x, mean, variance));
      bytes("sum of two", 3, x, () -> compute.add(x, y, y));
    }
  }

  /**
   * @param passes how often the kernel reads or writes a tensor of that size, at least
   */
  private void bytes(String name, int passes, Tensor x, Runnable kernel) {
    Timing time = Timing.of(seconds, kernel);
    double bytes = (double) passes * Float.BYTES * x.size();
    print(
        "  %-23s %7.1f / %7.1f GB/s    %5.1f %% of a copy               spread %3.0f %%",
        name,
        bytes / time.best() * 1e-9,
        bytes / time.median() * 1e-9,
        100 * bytes / time.best() / machine.copyBytes(),
        time.spread());
  }

  private void flops(
      String name,
      String way,
      double operations,
      Timing time,
      Timing baseline,
      double baselineOperations,
      String against) {
    print(
        "  %-23s %-10s %6.1f / %6.1f GFLOP/s  %5.1f %% of peak  %5.2f of %s  spread %3.0f %%",
        name,
        way,
        operations / time.best() * 1e-9,
        operations / time.median() * 1e-9,
        100 * operations / time.best() / machine.flops(),
        time.timesAsFastAs(baseline) * operations / baselineOperations,
        against,
        time.spread());
  }

  private static Tensor random(Scope scope, int... shape) {
    Tensor tensor = scope.tensor(shape);
    float[] values = new float[tensor.size()];
    KeyedRandom random = KeyedRandom.of(tensor.size());
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    scope.compute().upload(values, 0, tensor);
    return tensor;
  }

  private float[] values(Tensor tensor) {
    float[] values = new float[tensor.size()];
    compute.download(tensor, values, 0);
    return values;
  }

  private void print(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
  }
}
