package org.trispike.spiking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.Neuron;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;
import org.trispike.kernels.VoxelPyramid;
import org.trispike.kernels.VoxelSpec;

/** Events as points in six windows of time. */
class EventCloudTest {
  private static final int STEPS = 6;
  private static final int EVENTS = 40;
  private static final int SAMPLES = 16;
  private static final int TRAINED = 60;

  private static EncoderSpec spec(int steps) {
    VoxelSpec voxels = new VoxelSpec(0.25f, VoxelSpec.Origin.PER_SAMPLE, VoxelSpec.Duplicates.MEAN);
    return new EncoderSpec("nano", 2, Activation.SPIKING, Neuron.svl(4), steps, voxels);
  }

  /**
   * Outlines that drift across the sensor, a disc's (class 0) or a bar's (class 1): in each window
   * the events of where they are, its time as z, bright in front and dark behind.
   */
  private static PointBatch clouds(long key) {
    int points = STEPS * EVENTS;
    int[] offsets = new int[SAMPLES + 1];
    float[] xyz = new float[3 * SAMPLES * points];
    float[] rgb = new float[xyz.length];
    int[] windows = new int[SAMPLES * points];
    for (int s = 0; s < SAMPLES; s++) {
      offsets[s + 1] = (s + 1) * points;
      KeyedRandom random = KeyedRandom.of(key, s);
      double way = random.uniform(0, 6.28f);
      for (int i = 0; i < points; i++) {
        int p = s * points + i;
        windows[p] = i / EVENTS;
        double along = random.uniform(-1, 1);
        double angle = Math.PI * along;
        double x = s % 2 == 0 ? 0.5 * Math.cos(angle) : 0.05 * along;
        double y = s % 2 == 0 ? 0.5 * Math.sin(angle) : 0.8 * along;
        double drift = 0.15 * (windows[p] - STEPS / 2);
        xyz[3 * p] = (float) (x + drift * Math.cos(way));
        xyz[3 * p + 1] = (float) (y + drift * Math.sin(way));
        xyz[3 * p + 2] = (float) (i % EVENTS) / EVENTS;
        boolean bright = x * Math.cos(way) + y * Math.sin(way) > 0;
        rgb[3 * p] = bright ? 1 : 0;
        rgb[3 * p + 1] = bright ? 0 : 1;
      }
    }
    return new PointBatch(offsets, xyz, rgb, new PointBatch.Windows(STEPS, windows));
  }

  @Test
  void aStepSeesTheMeansOfItsOwnPointsAtTheSitesOfAll() {
    // Two voxels: points 0 and 1 in the first, in windows 0 and 1; point 2 in the other, in 1.
    float[] xyz = {0, 0, 0, 0.1f, 0, 0, 0.6f, 0, 0};
    float[] rgb = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    PointBatch batch =
        new PointBatch(new int[] {0, 3}, xyz, rgb, new PointBatch.Windows(2, new int[] {0, 1, 1}));
    assertThat(VoxelPyramid.build(batch, spec(2).voxels(), 1).features())
        .containsExactly(
            0, 0, 0, 1, 0, 0, //
            0, 0, 0, 0, 0, 0, //
            0.1f, 0, 0, 0, 1, 0, //
            0.6f, 0, 0, 0, 0, 1);
  }

  /** Windows that all hold the same are direct coding, in which the first layer runs once. */
  @Test
  void equalWindowsAreDirectCoding() {
    PointBatch once = Fixtures.batch(5, 2, 60);
    PointBatch first = Fixtures.sample(once, 0);
    float[] xyz = new float[2 * first.xyz().length];
    float[] rgb = new float[xyz.length];
    int[] windows = new int[2 * first.points()];
    for (int t = 0; t < 2; t++) {
      System.arraycopy(first.xyz(), 0, xyz, t * first.xyz().length, first.xyz().length);
      System.arraycopy(first.rgb(), 0, rgb, t * first.rgb().length, first.rgb().length);
      java.util.Arrays.fill(windows, t * first.points(), (t + 1) * first.points(), t);
    }
    PointBatch twice =
        new PointBatch(new int[] {0, windows.length}, xyz, rgb, new PointBatch.Windows(2, windows));
    Encoder encoder = Fixtures.nano("e3dsnn", spec(2));
    float[] expected = output(encoder, first);
    float[] actual = output(encoder, twice);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-5f));
    }
  }

  private static float[] output(Encoder encoder, PointBatch batch) {
    try (Compute compute = Computes.cpu(1);
        Scope scope = new Scope(compute)) {
      Tensor parameters = Fixtures.vector(scope, Fixtures.lively(encoder.layout(), 1));
      return Fixtures.download(compute, encoder.forward(scope, parameters, batch, false).output());
    }
  }

  @Test
  void movingShapesAreLearntApart() {
    Encoder encoder =
        new E3dsnn(
            spec(STEPS), new E3dsnnSize(8, new int[] {8, 16}, new int[] {1, 1}), Form.TRAINABLE);
    float[] flat = new float[encoder.layout().size()];
    encoder.initialize(flat, 1);
    float[] slope = new float[flat.length];
    try (Compute compute = Computes.cpu(1)) {
      for (int step = 0; step < TRAINED; step++) {
        descend(compute, encoder, flat, slope, clouds(step));
      }
      int right = 0;
      for (int b = 0; b < 4; b++) {
        right += right(compute, encoder, flat, clouds(1000 + b));
      }
      assertThat(right).isGreaterThanOrEqualTo(58);
    }
  }

  /** A step of the logistic loss of output 1 less output 0, with momentum. */
  private static void descend(
      Compute compute, Encoder encoder, float[] flat, float[] slope, PointBatch batch) {
    try (Scope scope = new Scope(compute)) {
      Tensor parameters = Fixtures.vector(scope, flat);
      EncoderTrace trace = encoder.forward(scope, parameters, batch, true);
      float[] z = Fixtures.download(compute, trace.output());
      float[] dz = new float[z.length];
      for (int s = 0; s < SAMPLES; s++) {
        double p = 1 / (1 + Math.exp(z[2 * s] - z[2 * s + 1]));
        dz[2 * s + 1] = (float) (p - s % 2) / SAMPLES;
        dz[2 * s] = -dz[2 * s + 1];
      }
      Tensor gradients = scope.tensor(flat.length);
      encoder.backward(trace, scope.of(dz, SAMPLES, 2), parameters, gradients);
      float[] g = Fixtures.download(compute, gradients);
      for (int i = 0; i < encoder.layout().trainable(); i++) {
        slope[i] = 0.9f * slope[i] + g[i];
        flat[i] -= 0.1f * slope[i];
      }
    }
  }

  /** Of unseen clouds, with the statistics of their batch. */
  private static int right(Compute compute, Encoder encoder, float[] flat, PointBatch batch) {
    try (Scope scope = new Scope(compute)) {
      Tensor parameters = Fixtures.vector(scope, flat);
      float[] z =
          Fixtures.download(compute, encoder.forward(scope, parameters, batch, true).output());
      int right = 0;
      for (int s = 0; s < SAMPLES; s++) {
        right += (z[2 * s + 1] > z[2 * s]) == (s % 2 == 1) ? 1 : 0;
      }
      return right;
    }
  }

  @Test
  void windowsAreTimeStepsOfVoxels() {
    PointBatch batch = clouds(1);
    try (Compute compute = Computes.cpu(1);
        Scope scope = new Scope(compute)) {
      for (String name : new String[] {"e3dsnn", "pointnet", "pointformer"}) {
        Encoder encoder = Fixtures.nano(name, spec(2));
        Tensor parameters = scope.zeros(encoder.layout().size());
        assertThatThrownBy(() -> encoder.forward(scope, parameters, batch, false))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("Points in 6 windows meet an encoder that takes ");
      }
    }
    assertThatThrownBy(() -> new PointBatch.Windows(2, new int[] {0, 2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Window 2 of point 1 is outside 0..1");
  }
}
