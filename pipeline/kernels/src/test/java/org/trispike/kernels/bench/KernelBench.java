package org.trispike.kernels.bench;

import java.nio.file.Path;
import java.util.Locale;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.Rulebook;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;
import org.trispike.kernels.VoxelPyramid;
import org.trispike.kernels.VoxelSpec;

/**
 * Prints the rates of the kernels on one core: dense products and sparse convolutions at the shapes
 * of E-3DSNN, rulebooks, and voxels. Each line has the best and the median of many short runs.
 *
 * <p>Run with the test class path and {@code --add-modules jdk.incubator.vector}; an argument names
 * a .npy file of clouds [n, 10000, 6] to use in place of generated surfaces.
 */
public final class KernelBench {
  private static final double SECONDS = 0.3;
  private static final int SAMPLES = 16;
  private final Compute compute = Computes.cpu(1);
  private final double peak;

  private KernelBench() {
    peak = FmaPeak.operations() / Rate.of(1, FmaPeak::run).bestSeconds();
    print("%s; FMA peak %.0f GFLOP/s", compute.description(), peak * 1e-9);
  }

  public static void main(String[] args) {
    KernelBench bench = new KernelBench();
    PointBatch clouds =
        args.length > 0
            ? BenchClouds.npy(Path.of(args[0]), 100, SAMPLES)
            : BenchClouds.surfaces(SAMPLES, 10_000, 1);
    bench.preparation(clouds);
    bench.dense();
    bench.sparse(VoxelPyramid.build(clouds, VoxelSpec.standard(), 5));
  }

  private void preparation(PointBatch clouds) {
    VoxelPyramid pyramid = VoxelPyramid.build(clouds, VoxelSpec.standard(), 5);
    int pairs = 0;
    for (int i = 0; i < pyramid.levels(); i++) {
      VoxelPyramid.Level level = pyramid.level(i);
      pairs += level.submanifold().pairs() + (i > 0 ? level.down().pairs() : 0);
      print(
          "level %d: %d sites and %d submanifold pairs a sample",
          i, level.sites() / SAMPLES, level.submanifold().pairs() / SAMPLES);
    }
    Rate all = Rate.of(1, () -> VoxelPyramid.build(clouds, VoxelSpec.standard(), 5));
    Rate voxels = Rate.of(1, () -> VoxelPyramid.voxelize(clouds, VoxelSpec.standard()));
    print(
        "voxels %.3f ms a sample, %.0f / %.0f Mpts/s",
        voxels.bestSeconds() / SAMPLES * 1e3,
        clouds.points() / voxels.bestSeconds() * 1e-6,
        clouds.points() / voxels.medianSeconds() * 1e-6);
    print(
        "voxels and rulebooks %.3f ms a sample; rulebooks %.0f Mpairs/s",
        all.bestSeconds() / SAMPLES * 1e3,
        pairs / (all.bestSeconds() - voxels.bestSeconds()) * 1e-6);
  }

  /** Rows, inputs and outputs of linear layers. */
  private static final int[][] LINEAR = {
    {40, 256, 256},
    {736, 128, 1280},
    {1000, 64, 64},
    {4096, 64, 64},
    {4096, 256, 256},
    {8192, 32, 32},
    {10000, 16, 16},
  };

  private void dense() {
    for (int[] layer : LINEAR) {
      try (Scope scope = new Scope(compute)) {
        Tensor x = random(scope, layer[0], layer[1]);
        Tensor w = random(scope, layer[1], layer[2]);
        Tensor y = random(scope, layer[0], layer[2]);
        String name = String.format(Locale.ROOT, "dense %dx%d->%d ", layer[0], layer[1], layer[2]);
        double operations = 2.0 * layer[0] * layer[1] * layer[2];
        flops(
            name + "forward",
            operations,
            Rate.of(SECONDS, () -> compute.gemm(false, false, x, w, 0, y)));
        flops(
            name + "backward data",
            operations,
            Rate.of(SECONDS, () -> compute.gemm(false, true, y, w, 0, x)));
        flops(
            name + "backward weights",
            operations,
            Rate.of(SECONDS, () -> compute.gemm(true, false, x, y, 0, w)));
      }
    }
  }

  private void sparse(VoxelPyramid pyramid) {
    int[][] layers = {
      {0, 6, 16}, {0, 16, 16}, {1, 16, 16}, {2, 32, 32}, {3, 64, 64}, {4, 128, 128},
      {1, 64, 64}, {2, 128, 128}, {3, 128, 128}, {4, 256, 256}, {0, 24, 24}, {3, 96, 96},
    };
    for (int[] layer : layers) {
      conv("subm", pyramid.level(layer[0]).submanifold(), layer[0], layer[1], layer[2]);
    }
    int[][] downs = {{1, 16, 16}, {2, 16, 32}, {3, 32, 64}, {4, 64, 128}, {2, 64, 128}};
    for (int[] layer : downs) {
      conv("down", pyramid.level(layer[0]).down(), layer[0], layer[1], layer[2]);
    }
  }

  private void conv(String kind, Rulebook rulebook, int level, int in, int out) {
    try (Scope scope = new Scope(compute)) {
      Tensor x = random(scope, rulebook.inRows(), in);
      Tensor w = random(scope, rulebook.offsets(), in, out);
      Tensor y = random(scope, rulebook.outRows(), out);
      Tensor dx = scope.tensor(rulebook.inRows(), in);
      Tensor dw = scope.tensor(rulebook.offsets(), in, out);
      double operations = 2.0 * rulebook.pairs() * in * out;
      String name = String.format(Locale.ROOT, "%s level %d %d->%d ", kind, level, in, out);
      flops(
          name + "backward weights",
          operations,
          Rate.of(SECONDS, () -> compute.sparseConvBackwardWeights(x, y, rulebook, 0, dw)));
      flops(
          name + "backward data",
          operations,
          Rate.of(SECONDS, () -> compute.sparseConvBackwardData(y, w, rulebook, 0, dx)));
      flops(
          name + "forward",
          operations,
          Rate.of(SECONDS, () -> compute.sparseConv(x, w, rulebook, y)));
    }
  }

  private Tensor random(Scope scope, int... shape) {
    Tensor tensor = scope.tensor(shape);
    float[] values = new float[tensor.size()];
    KeyedRandom random = KeyedRandom.of(tensor.size());
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    compute.upload(values, 0, tensor);
    return tensor;
  }

  private void flops(String name, double operations, Rate rate) {
    print(
        "%-36s %7.1f / %7.1f GFLOP/s  %5.1f %% of peak  %8.3f ms",
        name,
        operations / rate.bestSeconds() * 1e-9,
        operations / rate.medianSeconds() * 1e-9,
        100 * operations / rate.bestSeconds() / peak,
        rate.bestSeconds() * 1e3);
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
