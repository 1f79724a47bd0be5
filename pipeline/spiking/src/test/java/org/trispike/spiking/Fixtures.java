package org.trispike.spiking;

import java.util.Arrays;
import org.trispike.kernels.Compute;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.Neuron;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.ReferenceCompute;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;
import org.trispike.kernels.VoxelSpec;

/** Small inputs and networks that are the same on every run. */
final class Fixtures {
  static final E3dsnnSize NANO = new E3dsnnSize(3, new int[] {2, 3}, new int[] {1, 2});

  static final PointNetSize NANO_POINTNET = new PointNetSize(new int[] {3, 4, 5}, new int[] {4, 3});

  static final PointFormerSize NANO_POINTFORMER = new PointFormerSize(3, 4, 5, 3, 4, 2, 6);

  private Fixtures() {}

  /** A small network of the kind that {@code name} says, trainable. */
  static Encoder nano(String name, EncoderSpec spec) {
    return switch (name) {
      case "e3dsnn", "e3dsnn of windows" -> new E3dsnn(spec, NANO, Form.TRAINABLE);
      case "pointnet" -> new PointNet(spec, NANO_POINTNET, true, Form.TRAINABLE);
      case "pointnet-plain" -> new PointNet(spec, NANO_POINTNET, false, Form.TRAINABLE);
      case "pointformer" -> nano(spec, Attention.PAPER);
      case "pointformer-published" -> nano(spec, Attention.PUBLISHED);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** Five patches of three points, two blocks. */
  private static Encoder nano(EncoderSpec spec, Attention attention) {
    PointFormerSpec patches = new PointFormerSpec(5, 3, 2, attention);
    return new PointFormer(spec.withPointFormer(patches), NANO_POINTFORMER, Form.TRAINABLE);
  }

  /** Shapes of {@code points} points in the unit ball, each with its own extents. */
  static PointBatch batch(long seed, int samples, int points) {
    KeyedRandom random = KeyedRandom.of(seed);
    int[] offsets = new int[samples + 1];
    float[] xyz = new float[samples * points * 3];
    float[] rgb = new float[samples * points * 3];
    for (int s = 0; s < samples; s++) {
      offsets[s + 1] = (s + 1) * points;
      double[] radius = {random.uniform(0.3, 1), random.uniform(0.3, 1), random.uniform(0.3, 1)};
      for (int p = s * points; p < (s + 1) * points; p++) {
        for (int d = 0; d < 3; d++) {
          xyz[3 * p + d] = (float) (radius[d] * random.uniform(-1, 1));
          rgb[3 * p + d] = random.nextFloat();
        }
      }
    }
    return new PointBatch(offsets, xyz, rgb);
  }

  /** The same points, one after the other in so many windows. */
  static PointBatch windowed(PointBatch batch, int windows) {
    int[] of = new int[batch.points()];
    Arrays.setAll(of, i -> i % windows);
    return new PointBatch(
        batch.offsets(), batch.xyz(), batch.rgb(), new PointBatch.Windows(windows, of));
  }

  static PointBatch sample(PointBatch batch, int index) {
    int from = batch.offsets()[index];
    int to = batch.offsets()[index + 1];
    return new PointBatch(
        new int[] {0, to - from},
        Arrays.copyOfRange(batch.xyz(), 3 * from, 3 * to),
        Arrays.copyOfRange(batch.rgb(), 3 * from, 3 * to));
  }

  static EncoderSpec spec(String name, int width, Activation activation, Neuron neuron, int steps) {
    VoxelSpec coarse = new VoxelSpec(0.4f, VoxelSpec.Origin.PER_SAMPLE, VoxelSpec.Duplicates.MEAN);
    return new EncoderSpec(name, width, activation, neuron, steps, coarse);
  }

  /**
   * Parameters under which membranes spread over 0..D and the norms' running values are anything
   * but 0 and 1.
   */
  static float[] lively(ParameterLayout layout, long seed) {
    float[] flat = new float[layout.size()];
    for (ParameterSpec spec : layout.parameters()) {
      KeyedRandom random = KeyedRandom.of(seed, KeyedRandom.hash(spec.name()));
      int[] shape = spec.shape();
      for (int i = spec.offset(); i < spec.offset() + spec.size(); i++) {
        flat[i] =
            switch (spec.role()) {
              case WEIGHT -> (float) (random.nextGaussian() / Math.sqrt(6.0 * shape[1]));
              case BIAS ->
                  spec.name().endsWith(".norm.weight")
                      ? random.uniform(0.6, 1.4)
                      : random.uniform(0, 1.5);
              case STATISTIC ->
                  spec.name().endsWith(".variance")
                      ? random.uniform(0.5, 2)
                      : random.uniform(-0.5, 0.5);
            };
      }
    }
    return flat;
  }

  static Tensor vector(Scope scope, float[] values) {
    return scope.of(values, values.length);
  }

  static float[] download(Compute compute, Tensor tensor) {
    float[] values = new float[tensor.size()];
    compute.download(tensor, values, 0);
    return values;
  }

  static double[] doubles(ReferenceCompute compute, Tensor tensor) {
    double[] values = new double[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = compute.get(tensor, i);
    }
    return values;
  }
}
