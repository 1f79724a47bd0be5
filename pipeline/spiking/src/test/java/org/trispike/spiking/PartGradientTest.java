package org.trispike.spiking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.Neuron;
import org.trispike.kernels.ReferenceCompute;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;
import org.trispike.kernels.VoxelPyramid;

/**
 * Each part alone, with the gradient of its input, against central finite differences in double
 * precision: element by element, relative to the element.
 */
class PartGradientTest {
  private static final double STEP = 1e-5;
  private static final int WIDTH = 3;

  private interface Part {
    Object forward(Pass pass, Tensor x);

    Tensor output(Object kept);

    Tensor backward(Pass pass, Object kept, Tensor dy);
  }

  @ParameterizedTest
  @CsvSource({
    "layer,SPIKING,1", "layer,SPIKING,2", "layer,RELU,1",
    "block,SPIKING,1", "block,SPIKING,2", "block,RELU,1",
    "stage,SPIKING,1", "stage,SPIKING,2", "stage,RELU,1"
  })
  void gradientsEqualFiniteDifferences(String kind, Activation activation, int steps) {
    EncoderSpec spec = Fixtures.spec(kind, 1, activation, Neuron.svl(4).smooth(), steps);
    VoxelPyramid pyramid = VoxelPyramid.build(Fixtures.batch(5, 2, 25), spec.voxels(), 2);
    ParameterLayout.Builder builder = new ParameterLayout.Builder();
    Part part = part(kind, builder, pyramid);
    ParameterLayout layout = builder.build();
    DetachedReset detached = new DetachedReset();
    ReferenceCompute reference = detached.reference();
    try (Scope scope = new Scope(detached.compute())) {
      Tensor parameters = Fixtures.vector(scope, Fixtures.lively(layout, 1));
      Tensor gradients = scope.zeros(layout.size());
      Tensor x = random(reference, scope.tensor(steps * pyramid.level(0).sites(), WIDTH), 1, 1.5);
      detached.start(true);
      Pass pass = pass(scope, spec, parameters, gradients);
      Object kept = part.forward(pass, own(scope, x));
      Tensor direction = random(reference, scope.tensor(part.output(kept).shape()), 2, 0);
      Tensor dy = scope.tensor(direction.shape());
      reference.copy(direction, dy);
      Tensor dx = part.backward(pass, kept, dy);

      Check check = new Check(detached, part, spec, parameters, x, direction);
      check.compare(parameters, gradients, layout.trainable());
      check.compare(x, dx, x.size());
    }
  }

  private record Check(
      DetachedReset detached,
      Part part,
      EncoderSpec spec,
      Tensor parameters,
      Tensor x,
      Tensor direction) {

    void compare(Tensor variable, Tensor gradient, int count) {
      ReferenceCompute reference = detached.reference();
      double[] expected = new double[count];
      double largest = 0;
      for (int i = 0; i < count; i++) {
        double value = reference.get(variable, i);
        reference.set(variable, i, value + STEP);
        double above = loss();
        reference.set(variable, i, value - STEP);
        expected[i] = (above - loss()) / (2 * STEP);
        reference.set(variable, i, value);
        largest = Math.max(largest, Math.abs(expected[i]));
      }
      assertThat(largest).isGreaterThan(0.01);
      for (int i = 0; i < count; i++) {
        // Below a thousandth of the largest, differences themselves have no six digits.
        double size = Math.max(Math.abs(expected[i]), 1e-3 * largest);
        double error = Math.abs(expected[i] - reference.get(gradient, i)) / size;
        assertThat(error).as("element %s of %s", i, variable).isLessThan(1e-6);
      }
    }

    private double loss() {
      detached.start(false);
      try (Scope scope = new Scope(detached.compute())) {
        Tensor y = part.output(part.forward(pass(scope, spec, parameters, null), own(scope, x)));
        double loss = 0;
        for (int i = 0; i < y.size(); i++) {
          loss += detached.reference().get(y, i) * detached.reference().get(direction, i);
        }
        return loss;
      }
    }
  }

  private static Pass pass(Scope scope, EncoderSpec spec, Tensor parameters, Tensor gradients) {
    return new Pass(scope, spec, parameters, gradients, true, new ActivityLog(spec, 2, true), null);
  }

  /** A part may give its input back, so each run has its own. */
  private static Tensor own(Scope scope, Tensor x) {
    Tensor copy = scope.tensor(x.shape());
    scope.compute().copy(x, copy);
    return copy;
  }

  private static Part part(String kind, ParameterLayout.Builder builder, VoxelPyramid pyramid) {
    Form form = Form.TRAINABLE;
    return switch (kind) {
      case "layer" -> {
        ConvLayer layer = new ConvLayer(builder, form, "l", WIDTH, 2, 27, true);
        yield new Part() {
          @Override
          public Object forward(Pass pass, Tensor x) {
            return layer.forward(pass, x, pyramid.level(0).submanifold(), null);
          }

          @Override
          public Tensor output(Object kept) {
            return ((ConvLayer.Kept) kept).output();
          }

          @Override
          public Tensor backward(Pass pass, Object kept, Tensor dy) {
            return layer.backward(pass, (ConvLayer.Kept) kept, dy, true, null);
          }
        };
      }
      case "block" -> {
        MembraneBlock block = new MembraneBlock(builder, form, "b", WIDTH);
        yield new Part() {
          @Override
          public Object forward(Pass pass, Tensor x) {
            return block.forward(pass, x, pyramid.level(0).submanifold());
          }

          @Override
          public Tensor output(Object kept) {
            return ((MembraneBlock.Kept) kept).output();
          }

          @Override
          public Tensor backward(Pass pass, Object kept, Tensor dy) {
            return block.backward(pass, (MembraneBlock.Kept) kept, dy);
          }
        };
      }
      default -> {
        Stage stage = new Stage(builder, form, "s", WIDTH, 2, 2);
        yield new Part() {
          @Override
          public Object forward(Pass pass, Tensor x) {
            return stage.forward(pass, x, pyramid.level(1));
          }

          @Override
          public Tensor output(Object kept) {
            return ((Stage.Kept) kept).output();
          }

          @Override
          public Tensor backward(Pass pass, Object kept, Tensor dy) {
            return stage.backward(pass, (Stage.Kept) kept, dy);
          }
        };
      }
    };
  }

  private static Tensor random(ReferenceCompute reference, Tensor tensor, long key, double shift) {
    KeyedRandom random = KeyedRandom.of(key);
    for (int i = 0; i < tensor.size(); i++) {
      reference.set(tensor, i, shift + random.nextGaussian());
    }
    return tensor;
  }
}
