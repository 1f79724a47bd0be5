package org.trispike.spiking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Neuron;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.ReferenceCompute;
import org.trispike.kernels.Rulebook;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;

/**
 * Integer spikes against their binary expansion: a value v becomes D sub-steps of which the first v
 * hold a 1. A folded network whose convolutions run once a sub-step, with the bias once a step,
 * emits the same integers in every layer.
 */
class BinaryExpansionTest {
  private static final int LEVELS = 4;

  @Test
  void binaryNetworkEmitsTheSameSpikesInEveryLayer() {
    EncoderSpec spec = Fixtures.spec("nano", 5, Activation.SPIKING, Neuron.svl(LEVELS), 2);
    PointBatch batch = Fixtures.batch(5, 2, 40);
    List<double[]> integers = new ArrayList<>();
    double[] expected = run(spec, batch, integers, false);
    List<double[]> binary = new ArrayList<>();
    double[] actual = run(spec, batch, binary, true);

    assertThat(binary).hasSize(integers.size()).hasSize(13);
    double spikes = 0;
    for (int layer = 0; layer < binary.size(); layer++) {
      assertThat(binary.get(layer)).isEqualTo(integers.get(layer));
      for (double s : integers.get(layer)) {
        assertThat(s).isIn(0.0, 1.0, 2.0, 3.0, 4.0);
        spikes += s;
      }
    }
    assertThat(spikes).isPositive();
    assertThat(actual).containsExactly(expected, within(1e-12));
  }

  private static double[] run(
      EncoderSpec spec, PointBatch batch, List<double[]> spikes, boolean binary) {
    E3dsnn network = new E3dsnn(spec, Fixtures.NANO, Form.FOLDED);
    ReferenceCompute reference = new ReferenceCompute();
    Compute compute =
        Interceptor.around(
            reference,
            (operation, arguments) -> {
              if (Interceptor.neuron(
                  reference,
                  operation,
                  arguments,
                  s -> spikes.add(Fixtures.doubles(reference, s)))) {
                return true;
              }
              // The first convolution sees features, no spikes, and stays as it is.
              if (!binary || !operation.equals("sparseConv") || spikes.isEmpty()) {
                return false;
              }
              expanded(
                  reference,
                  (Tensor) arguments[0],
                  (Tensor) arguments[1],
                  (Rulebook) arguments[2],
                  (Tensor) arguments[3]);
              return true;
            });
    try (Scope scope = new Scope(compute)) {
      Tensor parameters = Fixtures.vector(scope, Fixtures.lively(network.layout(), 1));
      EncoderTrace trace = network.forward(scope, parameters, batch, false);
      return Fixtures.doubles(reference, trace.output());
    }
  }

  /** y = Σ over sub-steps of the convolution of that sub-step's zeros and ones. */
  private static void expanded(
      ReferenceCompute compute, Tensor x, Tensor weights, Rulebook rulebook, Tensor y) {
    Tensor bits = compute.allocate(x.shape());
    Tensor part = compute.allocate(y.shape());
    compute.fill(y, 0);
    for (int level = 0; level < LEVELS; level++) {
      for (int i = 0; i < x.size(); i++) {
        compute.set(bits, i, compute.get(x, i) > level ? 1 : 0);
      }
      compute.sparseConv(bits, weights, rulebook, part);
      compute.add(y, part, y);
    }
  }
}
