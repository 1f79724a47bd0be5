package org.trispike.spiking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.Neuron;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.ReferenceCompute;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;
import org.trispike.kernels.VoxelPyramid;
import org.trispike.kernels.VoxelSpec;

class EncoderTest {

  /** Outputs and gradients of one training step on one compute. */
  private record Result(float[] output, float[] inference, float[] gradients) {}

  private static Result step(Compute compute, Encoder encoder, PointBatch batch) {
    try (Scope scope = new Scope(compute)) {
      Tensor parameters = Fixtures.vector(scope, Fixtures.lively(encoder.layout(), 1));
      Tensor gradients = scope.tensor(encoder.layout().size());
      EncoderTrace inference = encoder.forward(scope, parameters, batch, false);
      EncoderTrace trace = encoder.forward(scope, parameters, batch, true);
      float[] direction = new float[trace.output().size()];
      for (int i = 0; i < direction.length; i++) {
        direction[i] = (float) Math.sin(i);
      }
      Tensor dOutput = scope.of(direction, trace.output().shape());
      encoder.backward(trace, dOutput, parameters, gradients);
      return new Result(
          Fixtures.download(compute, trace.output()),
          Fixtures.download(compute, inference.output()),
          Fixtures.download(compute, gradients));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "e3dsnn-t,3,SPIKING,1", "e3dsnn-t,3,SPIKING,2", "e3dsnn-t,3,RELU,1",
    "pointnet-plain,6,SPIKING,1", "pointnet-plain,6,SPIKING,2", "pointnet-plain,6,RELU,1"
  })
  void cpuEqualsTheReference(String name, int samples, Activation activation, int steps) {
    // Without rounding: a membrane within rounding error of a tie would differ by a whole spike.
    Neuron neuron = Neuron.svl(4).smooth();
    // Fine voxels: norms over two or three rows, as coarse ones leave in the end, amplify rounding.
    EncoderSpec spec = new EncoderSpec(name, 8, activation, neuron, steps, VoxelSpec.standard());
    Encoder encoder = Encoders.create(spec);
    PointBatch batch = Fixtures.batch(2, samples, 300 / samples);
    Result expected = step(new ReferenceCompute(), encoder, batch);
    try (Compute cpu = Computes.cpu(2);
        Compute scalar = Computes.scalar()) {
      for (Compute compute : new Compute[] {cpu, scalar}) {
        Result actual = step(compute, encoder, batch);
        assertClose(actual.output(), expected.output());
        assertClose(actual.inference(), expected.inference());
        assertClose(actual.gradients(), expected.gradients());
      }
    }
  }

  private static void assertClose(float[] actual, float[] expected) {
    double largest = 0;
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      worst = Math.max(worst, Math.abs(expected[i] - actual[i]));
    }
    assertThat(worst / largest).isLessThan(1e-4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"e3dsnn-t", "pointnet", "pointformer"})
  void sampleDoesNotDependOnItsBatch(String name) {
    Encoder encoder = Encoders.create(shallow(name));
    PointBatch batch = Fixtures.batch(3, 3, 200);
    try (Compute compute = Computes.cpu(1);
        Scope scope = new Scope(compute)) {
      Tensor parameters = Fixtures.vector(scope, Fixtures.lively(encoder.layout(), 1));
      float[] together =
          Fixtures.download(compute, encoder.forward(scope, parameters, batch, false).output());
      for (int s = 0; s < 3; s++) {
        Tensor alone =
            encoder.forward(scope, parameters, Fixtures.sample(batch, s), false).output();
        float[] expected = Arrays.copyOfRange(together, 8 * s, 8 * (s + 1));
        assertThat(Fixtures.download(compute, alone)).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pointnet", "pointnet-plain"})
  void pointNetDoesNotDependOnTheOrderOfPoints(String name) {
    Encoder encoder = Encoders.create(EncoderSpec.standard(name, 8));
    PointBatch batch = Fixtures.batch(3, 1, 200);
    float[] xyz = new float[600];
    float[] rgb = new float[600];
    for (int i = 0; i < 200; i++) {
      System.arraycopy(batch.xyz(), 3 * i, xyz, 3 * (199 - i), 3);
      System.arraycopy(batch.rgb(), 3 * i, rgb, 3 * (199 - i), 3);
    }
    try (Compute compute = Computes.scalar();
        Scope scope = new Scope(compute)) {
      Tensor parameters = Fixtures.vector(scope, Fixtures.lively(encoder.layout(), 1));
      PointBatch reversed = new PointBatch(batch.offsets(), xyz, rgb);
      float[] expected =
          Fixtures.download(compute, encoder.forward(scope, parameters, batch, false).output());
      float[] actual =
          Fixtures.download(compute, encoder.forward(scope, parameters, reversed, false).output());
      assertThat(actual).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pointnet", "pointnet-plain", "pointformer"})
  void threadsDoNotChangeAStepOnPoints(String name) {
    Encoder encoder = Encoders.create(shallow(name));
    PointBatch batch = Fixtures.batch(3, 4, 70);
    try (Compute one = Computes.cpu(1);
        Compute three = Computes.cpu(3)) {
      Result expected = step(one, encoder, batch);
      Result actual = step(three, encoder, batch);
      assertThat(actual.output()).isEqualTo(expected.output());
      assertThat(actual.gradients()).isEqualTo(expected.gradients());
    }
  }

  @Test
  void runningStatisticsMoveByTheirGradient() {
    EncoderSpec spec = Fixtures.spec("nano", 3, Activation.SPIKING, Neuron.svl(4), 2);
    Encoder encoder = new E3dsnn(spec, Fixtures.NANO, Form.TRAINABLE);
    PointBatch batch = Fixtures.batch(5, 2, 40);
    ReferenceCompute compute = new ReferenceCompute();
    // The first norm's input by hand: a convolution of the features alone.
    var pyramid = VoxelPyramid.build(batch, spec.voxels(), 1);
    try (Scope scope = new Scope(compute)) {
      float[] flat = Fixtures.lively(encoder.layout(), 1);
      Tensor parameters = Fixtures.vector(scope, flat);
      Tensor gradients = scope.tensor(flat.length);
      EncoderTrace trace = encoder.forward(scope, parameters, batch, true);
      encoder.backward(trace, scope.zeros(2, 3), parameters, gradients);

      int n = pyramid.level(0).sites();
      Tensor raw = scope.tensor(n, 3);
      Tensor weight = encoder.layout().get("stem.0.conv.weight").of(parameters);
      compute.sparseConv(
          scope.of(pyramid.features(), n, 6), weight, pyramid.level(0).submanifold(), raw);
      ParameterSpec mean = encoder.layout().get("stem.0.norm.mean");
      ParameterSpec variance = encoder.layout().get("stem.0.norm.variance");
      for (int c = 0; c < 3; c++) {
        double sum = 0;
        double square = 0;
        for (int r = 0; r < n; r++) {
          double value = compute.get(raw, 3 * r + c);
          sum += value;
          square += value * value;
        }
        double unbiased = (square - sum * sum / n) / (n - 1);
        double oldMean = flat[mean.offset() + c];
        double oldVariance = flat[variance.offset() + c];
        double newMean = oldMean - compute.get(gradients, mean.offset() + c);
        double newVariance = oldVariance - compute.get(gradients, variance.offset() + c);
        assertThat(newMean).isCloseTo(0.99 * oldMean + 0.01 * sum / n, within(1e-7));
        assertThat(newVariance).isCloseTo(0.99 * oldVariance + 0.01 * unbiased, within(1e-7));
      }
    }
  }

  /** A PointFormer has ten small patches and two blocks, other encoders are as always. */
  private static EncoderSpec shallow(String name) {
    PointFormerSpec patches = new PointFormerSpec(10, 5, 2, Attention.PAPER);
    return EncoderSpec.standard(name, 8).withPointFormer(patches);
  }

  @ParameterizedTest
  @CsvSource({"e3dsnn-t, 4", "pointformer, 5"})
  void memoryGoesBackToThePoolDuringInference(String name, int share) {
    Encoder encoder =
        name.equals("pointformer")
            ? new PointFormer(
                shallow(name).withPointFormer(new PointFormerSpec(10, 5, 8, Attention.PUBLISHED)),
                Fixtures.NANO_POINTFORMER,
                Form.TRAINABLE)
            : Encoders.create(EncoderSpec.standard(name, 8));
    long inference = peak(encoder, false);
    long training = peak(encoder, true);
    assertThat(inference).isLessThan(training / share);
  }

  /** Elements that live at the same time, at most, during one forward pass. */
  private static long peak(Encoder encoder, boolean training) {
    long[] liveAndPeak = new long[2];
    PointBatch batch = Fixtures.batch(3, 1, 50);
    ReferenceCompute reference = new ReferenceCompute();
    Compute counting =
        Interceptor.around(
            reference,
            (operation, arguments) -> {
              if (operation.equals("allocate")) {
                long size = 1;
                for (int extent : (int[]) arguments[0]) {
                  size *= extent;
                }
                liveAndPeak[0] += size;
                liveAndPeak[1] = Math.max(liveAndPeak[1], liveAndPeak[0]);
              } else if (operation.equals("release")) {
                liveAndPeak[0] -= ((Tensor) arguments[0]).size();
              }
              return false;
            });
    try (Scope parametersScope = new Scope(reference);
        Scope scope = new Scope(counting)) {
      Tensor parameters = Fixtures.vector(parametersScope, Fixtures.lively(encoder.layout(), 1));
      encoder.forward(scope, parameters, batch, training);
    }
    assertThat(liveAndPeak[0]).isZero();
    return liveAndPeak[1];
  }

  @Test
  void emptySamplesAndBackwardWithoutTrainingAreRefused() {
    Encoder encoder = Encoders.create(EncoderSpec.standard("e3dsnn-t", 8));
    try (Scope scope = new Scope(new ReferenceCompute())) {
      Tensor parameters = Fixtures.vector(scope, Fixtures.lively(encoder.layout(), 1));
      PointBatch empty = new PointBatch(new int[] {0, 1, 1}, new float[3], new float[3]);
      assertThatThrownBy(() -> encoder.forward(scope, parameters, empty, true))
          .hasMessage("Sample 1 of the batch has no points");
      EncoderTrace trace = encoder.forward(scope, parameters, Fixtures.batch(1, 1, 10), false);
      assertThatThrownBy(() -> encoder.backward(trace, scope.zeros(1, 8), parameters, parameters))
          .isInstanceOf(IllegalStateException.class);
    }
  }
}
