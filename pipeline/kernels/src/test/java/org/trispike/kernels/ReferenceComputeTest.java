package org.trispike.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Each backward pass of the oracle against central differences of its forward pass. */
final class ReferenceComputeTest {
  private static final double STEP = 1e-5;
  private final ReferenceCompute compute = new ReferenceCompute();
  private final KeyedRandom random = KeyedRandom.of(3);
  private final Rulebook rulebook =
      VoxelPyramid.build(Clouds.surface(2, 12, 0.05f, 2), VoxelSpec.standard(), 2).level(1).down();

  private Tensor normal(int... shape) {
    Tensor tensor = compute.allocate(shape);
    for (int i = 0; i < tensor.size(); i++) {
      compute.set(tensor, i, random.nextGaussian());
    }
    return tensor;
  }

  /** Σ y · weight: a scalar whose gradient with respect to y is the weight. */
  private double loss(Tensor y, Tensor weight) {
    double sum = 0;
    for (int i = 0; i < y.size(); i++) {
      sum += compute.get(y, i) * compute.get(weight, i);
    }
    return sum;
  }

  private void assertGradient(Runnable forward, Tensor y, Tensor dy, Tensor x, Tensor dx) {
    for (int i = 0; i < x.size(); i++) {
      double value = compute.get(x, i);
      compute.set(x, i, value + STEP);
      forward.run();
      double above = loss(y, dy);
      compute.set(x, i, value - STEP);
      forward.run();
      double below = loss(y, dy);
      compute.set(x, i, value);
      double slope = (above - below) / (2 * STEP);
      assertThat(compute.get(dx, i)).isCloseTo(slope, within(1e-6 * Math.max(1, Math.abs(slope))));
    }
  }

  @Test
  void sparseConvolution() {
    int steps = 2;
    Tensor x = normal(steps * rulebook.inRows(), 3);
    Tensor weights = normal(8, 3, 4);
    Tensor y = normal(steps * rulebook.outRows(), 4);
    Tensor dy = normal(steps * rulebook.outRows(), 4);
    Tensor dx = normal(steps * rulebook.inRows(), 3);
    Tensor dWeights = normal(8, 3, 4);
    compute.sparseConvBackwardData(dy, weights, rulebook, 0, dx);
    compute.sparseConvBackwardWeights(x, dy, rulebook, 0, dWeights);
    Runnable forward = () -> compute.sparseConv(x, weights, rulebook, y);
    assertGradient(forward, y, dy, x, dx);
    assertGradient(forward, y, dy, weights, dWeights);
  }

  @Test
  void batchNormalisationThroughItsStatistics() {
    Tensor x = normal(9, 4);
    Tensor mean = normal(4);
    Tensor variance = normal(4);
    Tensor gamma = normal(4);
    Tensor beta = normal(4);
    Tensor residual = normal(9, 4);
    Tensor y = normal(9, 4);
    Tensor dy = normal(9, 4);
    Tensor dx = normal(9, 4);
    Tensor dGamma = compute.allocate(4);
    Tensor dBeta = compute.allocate(4);
    Runnable forward =
        () -> {
          compute.batchStatistics(x, mean, variance);
          compute.batchNorm(x, mean, variance, 1e-3f, gamma, beta, residual, y);
        };
    forward.run();
    compute.batchNormBackward(dy, x, mean, variance, 1e-3f, gamma, dx, dGamma, dBeta);
    assertGradient(forward, y, dy, x, dx);
    assertGradient(forward, y, dy, gamma, dGamma);
    assertGradient(forward, y, dy, beta, dBeta);
    assertGradient(forward, y, dy, residual, dy);
  }

  @Test
  void segmentsAndRelu() {
    int[] offsets = {0, 3, 3, 7};
    Tensor x = normal(14, 3);
    Tensor y = normal(3, 3);
    Tensor dy = normal(3, 3);
    Tensor dx = normal(14, 3);
    compute.segmentMeanBackward(2, dy, offsets, dx);
    assertGradient(() -> compute.segmentMean(2, x, offsets, y), y, dy, x, dx);

    Tensor z = normal(14, 3);
    Tensor dz = normal(14, 3);
    Tensor each = normal(6, 3);
    Tensor dEach = normal(6, 3);
    compute.segmentSum(2, dz, offsets, dEach);
    Runnable spread =
        () -> {
          compute.copy(x, z);
          compute.addToSegments(2, each, offsets, z);
        };
    assertGradient(spread, z, dz, each, dEach);

    compute.reluBackward(x, dz, 0, dx);
    assertGradient(() -> compute.relu(x, z), z, dz, x, dx);
  }

  /** Without reset (decay 0) the smooth neuron's estimator is its exact derivative. */
  @Test
  void theSmoothNeuronOfOneStep() {
    for (Neuron neuron : List.of(Neuron.svl(4).smooth(), Neuron.spikeYolo(2).smooth())) {
      Tensor x = normal(20, 3);
      Tensor u = normal(20, 3);
      Tensor s = normal(20, 3);
      Tensor ds = normal(20, 3);
      Tensor dx = normal(20, 3);
      Runnable forward = () -> compute.neuron(neuron, 1, x, u, s);
      forward.run();
      compute.neuronBackward(neuron, 1, u, ds, 0, dx);
      assertGradient(forward, s, ds, x, dx);
    }
  }

  /**
   * Over time the spike is a constant in the reset: membranes then depend on inputs as a leaky sum,
   * which a neuron whose spikes are taken from a fixed trace reproduces.
   */
  @Test
  void theSmoothNeuronOverTimeWithItsResetHeldConstant() {
    Neuron neuron = Neuron.svl(4).smooth();
    int steps = 3;
    Tensor x = normal(steps * 8, 1);
    Tensor u = normal(steps * 8, 1);
    Tensor s = normal(steps * 8, 1);
    Tensor ds = normal(steps * 8, 1);
    Tensor dx = normal(steps * 8, 1);
    compute.neuron(neuron, steps, x, u, s);
    double[] reset = new double[steps * 8];
    for (int i = 0; i < reset.length; i++) {
      reset[i] = compute.get(s, i);
    }
    compute.neuronBackward(neuron, steps, u, ds, 0, dx);
    Runnable forward =
        () -> {
          for (int i = 0; i < 8; i++) {
            double rest = 0;
            for (int t = 0; t < steps; t++) {
              double membrane = rest + compute.get(x, t * 8 + i);
              compute.set(s, t * 8 + i, Math.max(0, Math.min(4, membrane)));
              rest = 0.25 * (membrane - reset[t * 8 + i]);
            }
          }
        };
    assertGradient(forward, s, ds, x, dx);
  }

  @Test
  void denseProductsAgreeWithTheirDefinition() {
    Tensor a = normal(3, 2);
    Tensor b = normal(2, 4);
    Tensor c = compute.allocate(3, 4);
    compute.gemm(false, false, a, b, 0, c);
    double expected = compute.get(a, 2) * compute.get(b, 1) + compute.get(a, 3) * compute.get(b, 5);
    assertThat(compute.get(c, 5)).isCloseTo(expected, within(1e-15));
    // c = aᵀᵀ · bᵀᵀ by transposed copies.
    Tensor at = compute.allocate(2, 3);
    Tensor bt = compute.allocate(4, 2);
    for (int i = 0; i < 3; i++) {
      for (int k = 0; k < 2; k++) {
        compute.set(at, k * 3 + i, compute.get(a, i * 2 + k));
      }
    }
    for (int k = 0; k < 2; k++) {
      for (int j = 0; j < 4; j++) {
        compute.set(bt, j * 2 + k, compute.get(b, k * 4 + j));
      }
    }
    Tensor d = compute.allocate(3, 4);
    compute.gemm(true, true, at, bt, 0, d);
    for (int i = 0; i < 12; i++) {
      assertThat(compute.get(d, i)).isCloseTo(compute.get(c, i), within(1e-15));
    }
  }
}
