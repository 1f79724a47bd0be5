package org.trispike.spiking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.Neuron;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;

/**
 * Gradients of a whole encoder, with all its kinds of block, against central finite differences in
 * double precision. The neuron's rounding is left out, since the straight-through gradient has no
 * difference quotient; StraightThroughTest checks that gradient itself.
 */
class EncoderGradientTest {
  private static final double STEP = 1e-5;

  @ParameterizedTest
  @CsvSource({
    "e3dsnn,2,SPIKING,1",
    "e3dsnn,2,SPIKING,2",
    "e3dsnn,2,SPIKING,3",
    "e3dsnn,2,RELU,1",
    "e3dsnn of windows,2,SPIKING,3",
    "pointnet,5,SPIKING,1",
    "pointnet,5,SPIKING,2",
    "pointnet,5,SPIKING,3",
    "pointnet,5,RELU,1",
    "pointnet-plain,5,SPIKING,1",
    "pointnet-plain,5,SPIKING,2",
    "pointnet-plain,5,RELU,1",
    "pointformer,3,SPIKING,1",
    "pointformer,3,SPIKING,2",
    "pointformer,3,RELU,1",
    "pointformer-published,3,SPIKING,1",
    "pointformer-published,3,SPIKING,2",
    "pointformer-published,3,RELU,1"
  })
  void gradientsEqualFiniteDifferences(String name, int samples, Activation activation, int steps) {
    EncoderSpec spec = Fixtures.spec("nano", 3, activation, Neuron.svl(4).smooth(), steps);
    Encoder encoder = Fixtures.nano(name, spec);
    PointBatch batch = Fixtures.batch(5, samples, 40);
    batch = name.endsWith("windows") ? Fixtures.windowed(batch, steps) : batch;
    DetachedReset detached = new DetachedReset();
    try (Scope scope = new Scope(detached.compute())) {
      Tensor parameters = Fixtures.vector(scope, Fixtures.lively(encoder.layout(), 1));
      Tensor gradients = scope.tensor(encoder.layout().size());
      double[] direction = new double[samples * 3];
      Tensor dOutput = scope.tensor(samples, 3);
      KeyedRandom random = KeyedRandom.of(7);
      for (int i = 0; i < direction.length; i++) {
        direction[i] = random.nextGaussian();
        detached.reference().set(dOutput, i, direction[i]);
      }
      detached.start(true);
      EncoderTrace trace = encoder.forward(scope, parameters, batch, true);
      encoder.backward(trace, dOutput, parameters, gradients);

      int trainable = encoder.layout().trainable();
      double worst = 0;
      double largest = 0;
      for (int i = 0; i < trainable; i += i < encoder.layout().size(Role.WEIGHT) ? 5 : 1) {
        double value = detached.reference().get(parameters, i);
        double difference = 0;
        for (int sign = 1; sign >= -1; sign -= 2) {
          detached.reference().set(parameters, i, value + sign * STEP);
          detached.start(false);
          difference += sign * loss(encoder, detached, parameters, batch, direction);
        }
        detached.reference().set(parameters, i, value);
        double expected = difference / (2 * STEP);
        double actual = detached.reference().get(gradients, i);
        worst = Math.max(worst, Math.abs(expected - actual));
        largest = Math.max(largest, Math.abs(expected));
      }
      assertThat(largest).isGreaterThan(0.1);
      assertThat(worst / largest).isLessThan(1e-6);
    }
  }

  private static double loss(
      Encoder encoder,
      DetachedReset detached,
      Tensor parameters,
      PointBatch batch,
      double[] direction) {
    try (Scope scope = new Scope(detached.compute())) {
      Tensor output = encoder.forward(scope, parameters, batch, true).output();
      double loss = 0;
      for (int i = 0; i < direction.length; i++) {
        loss += direction[i] * detached.reference().get(output, i);
      }
      return loss;
    }
  }
}
