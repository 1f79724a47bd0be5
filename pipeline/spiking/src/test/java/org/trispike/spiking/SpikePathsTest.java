package org.trispike.spiking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.Neuron;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;
import org.trispike.kernels.VoxelSpec;

/** Integers, binary slots and events: the same spikes in every layer, and the same logits. */
class SpikePathsTest {
  private static final int LAYERS = 18;

  /** The spikes of every layer, and what the model says in the end. */
  private record Run(List<float[]> spikes, Inference inference) {}

  private static SpikingModel model(String name, Neuron neuron, int steps) {
    EncoderSpec spec =
        new EncoderSpec(name, 16, Activation.SPIKING, neuron, steps, VoxelSpec.standard())
            .withPointFormer(new PointFormerSpec(8, 4, 2, Attention.PAPER));
    Encoder encoder = Encoders.create(spec);
    return Models.fold(encoder, Fixtures.lively(encoder.layout(), 1), 7);
  }

  private static Run run(
      Compute compute, SpikingModel model, InferencePaths paths, PointBatch batch) {
    List<float[]> spikes = new ArrayList<>();
    Compute watched = Interceptor.watching(compute, s -> spikes.add(Fixtures.download(compute, s)));
    try (compute;
        InferenceRuntime runtime = model.open(watched, paths)) {
      return new Run(spikes, runtime.run(batch));
    }
  }

  private static void assertSame(Run actual, Run expected) {
    assertThat(actual.spikes()).hasSameSizeAs(expected.spikes());
    for (int layer = 0; layer < expected.spikes().size(); layer++) {
      assertThat(actual.spikes().get(layer)).isEqualTo(expected.spikes().get(layer));
    }
    assertThat(actual.inference().logits()).isEqualTo(expected.inference().logits());
    assertThat(actual.inference().activities()).isEqualTo(expected.inference().activities());
  }

  @ParameterizedTest
  @CsvSource({
    "e3dsnn-t, 1, 4, false",
    "e3dsnn-t, 2, 2, false",
    "e3dsnn-s, 1, 4, false",
    "e3dsnn-t, 1, 4, true",
    "e3dsnn-s, 6, 1, false",
    "pointnet, 1, 4, false",
    "pointnet-plain, 2, 4, true",
    "pointformer, 1, 4, false",
    "pointformer, 3, 2, false",
  })
  void pathsEmitTheSameIntegersInEveryLayer(
      String name, int steps, int levels, boolean normalised) {
    Neuron svl = Neuron.svl(levels);
    Neuron neuron = new Neuron(levels, svl.decay(), svl.rounding(), svl.window(), normalised);
    SpikingModel model = model(name, neuron, steps);
    PointBatch batch = Fixtures.batch(5, 2, Encoders.onVoxels(model.network()) ? 800 : 60);
    for (boolean vector : new boolean[] {true, false}) {
      Run integer = run(compute(vector, 1), model, InferencePaths.always(SpikePath.INTEGER), batch);
      double spikes = integer.inference().activities().stream().mapToDouble(a -> a.spikes()).sum();
      assertThat(spikes).isGreaterThan(1000);
      for (SpikePath path : SpikePath.values()) {
        assertSame(run(compute(vector, 1), model, InferencePaths.always(path), batch), integer);
        assertSame(run(compute(vector, 3), model, InferencePaths.always(path), batch), integer);
      }
    }
  }

  private static Compute compute(boolean vector, int threads) {
    return vector ? Computes.cpu(threads) : Computes.scalar(threads);
  }

  /**
   * What the grid costs: the weights as they are give nearly the same, with the same arg-max.
   * Random weights spread a spike that comes or goes further than trained ones do.
   */
  @Test
  void gridMovesLogitsLittle() {
    SpikingModel model = model("e3dsnn-t", Neuron.svl(4), 1);
    try (Compute compute = Computes.cpu(1);
        InferenceRuntime plain = model.open(compute);
        InferenceRuntime grid = model.open(compute, InferencePaths.always(SpikePath.EVENT))) {
      for (int b = 0; b < 4; b++) {
        PointBatch batch = Fixtures.batch(b, 1, 800);
        float[] expected = plain.logits(batch)[0];
        float[] actual = grid.logits(batch)[0];
        double length = Vectors.norm(expected);
        for (int k = 0; k < expected.length; k++) {
          assertThat(actual[k]).isCloseTo(expected[k], within((float) (0.05 * length)));
        }
        assertThat(grid.classify(batch, 1).get(0).name())
            .isEqualTo(plain.classify(batch, 1).get(0).name());
      }
    }
  }

  @Test
  void layersBelowTheirBreakEvenGoByEventsAfterTheFirstClouds() {
    SpikingModel model = model("e3dsnn-t", Neuron.svl(4), 1);
    LayerPaths paths =
        new LayerPaths(
            InferencePaths.below((compute, shape) -> shape.in() == 16 ? 1 : 0), Map.of());
    PathEncoder network = Encoders.folded(model.network());
    PointBatch batch = Fixtures.batch(1, 3, 200);
    try (Compute compute = Computes.cpu(1);
        Scope scope = new Scope(compute)) {
      Tensor parameters = Fixtures.vector(scope, model.flat());
      for (int clouds = 0; clouds < LayerPaths.WATCHED; clouds += 3) {
        network.forward(scope, parameters, batch, false, paths);
        assertThat(paths.layers().values()).allMatch(l -> l.path() == SpikePath.INTEGER);
        paths.seen(compute, 3);
      }
    }
    assertThat(paths.layers()).hasSize(LAYERS);
    paths
        .layers()
        .forEach(
            (name, layer) -> {
              boolean narrow = layer.shape().in() == 16;
              assertThat(layer.share()).isBetween(0.05, 0.95);
              assertThat(layer.path()).isEqualTo(narrow ? SpikePath.EVENT : SpikePath.INTEGER);
            });
  }

  /** Weights that 8 bits hold as they are: a whole multiple, up to 127, of a power of two. */
  @Test
  void int8IsTheSameFunctionWhereTheWeightsAreBytes() {
    EncoderSpec spec =
        new EncoderSpec("e3dsnn-t", 0, Activation.SPIKING, Neuron.svl(4), 1, VoxelSpec.standard());
    ParameterLayout layout = Encoders.folded(spec).layout();
    float[] flat = new float[layout.size()];
    for (ParameterSpec part : layout.parameters()) {
      KeyedRandom random = KeyedRandom.of(2, KeyedRandom.hash(part.name()));
      boolean weight = part.role() == Role.WEIGHT;
      for (int i = 0; i < part.size(); i++) {
        int value =
            i < part.shape()[part.shape().length - 1] ? 127 : (int) (60 * random.nextGaussian());
        value = Math.max(-127, Math.min(127, value));
        flat[part.offset() + i] = weight ? value * 0x1p-10f : random.uniform(-1, 1);
      }
    }
    SpikingModel model =
        new SpikingModel(
            spec,
            flat,
            List.of(),
            new ModelPreprocessing(1000, true, "auto", 0.4f, 1),
            null,
            Map.of(),
            null);
    PointBatch batch = Fixtures.batch(5, 2, 800);
    Run floats = run(Computes.cpu(1), model, InferencePaths.always(SpikePath.INTEGER), batch);
    Run bytes = run(Computes.cpu(1), model, InferencePaths.int8(), batch);
    assertThat(bytes.inference().activities().stream().mapToDouble(a -> a.spikes()).sum())
        .isGreaterThan(1000);
    assertSame(bytes, floats);
    assertThat(bytes.inference().features()).isEqualTo(floats.inference().features());
    assertSame(run(Computes.scalar(), model, InferencePaths.int8(), batch), floats);
  }

  /** An eighth of a bit more or less in each weight moves some spikes, and logits a little. */
  @Test
  void int8MovesLogitsLittle() {
    SpikingModel model = model("e3dsnn-t", Neuron.svl(4), 1);
    try (Compute compute = Computes.cpu(1);
        InferenceRuntime plain = model.open(compute);
        InferenceRuntime bytes = model.open(compute, InferencePaths.int8())) {
      assertThat(bytes.explain(Fixtures.batch(1, 1, 200))).isEmpty();
      for (int b = 0; b < 4; b++) {
        PointBatch batch = Fixtures.batch(b, 1, 800);
        float[] expected = plain.logits(batch)[0];
        float[] actual = bytes.logits(batch)[0];
        assertThat(actual).isNotEqualTo(expected);
        double length = Vectors.norm(expected);
        for (int k = 0; k < expected.length; k++) {
          assertThat(actual[k]).isCloseTo(expected[k], within((float) (0.25 * length)));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"e3dsnn-t, 18, stem.1", "pointformer, 11, patch.1"})
  void explanationNamesRateBreakEvenPathAndTimes(String name, int layers, String first) {
    SpikingModel model = model(name, Neuron.svl(4), 1);
    PointBatch batch = Fixtures.batch(1, 1, 200);
    try (Compute compute = Computes.cpu(1);
        InferenceRuntime runtime = model.open(compute, InferencePaths.calibrated())) {
      List<PathChoice> choices = runtime.explain(batch);
      assertThat(choices).hasSize(layers);
      assertThat(choices.get(0).name()).isEqualTo(first);
      for (PathChoice choice : choices) {
        assertThat(choice.breakEven()).isBetween(0.0, 1.0);
        assertThat(choice.path() == SpikePath.EVENT)
            .isEqualTo(choice.active() < choice.breakEven());
        assertThat(choice.integerMillis()).isPositive();
        assertThat(choice.eventMillis()).isPositive();
      }
    }
    try (Compute compute = Computes.cpu(1);
        InferenceRuntime plain = model.open(compute)) {
      assertThat(plain.explain(batch)).isEmpty();
    }
  }

  @Test
  void breakEvenIsWhereTwoLinesMeet() {
    // Events cost 1 + 16 · rate: 2 at 1/16, 9 at 1/2. A dense 5 is met at 1/4.
    assertThat(CalibratedBreakEven.crossing(5, 2, 9)).isEqualTo(0.25);
    assertThat(CalibratedBreakEven.crossing(100, 2, 9)).isEqualTo(1);
    assertThat(CalibratedBreakEven.crossing(0.5, 2, 9)).isZero();
    assertThat(CalibratedBreakEven.crossing(3, 2, 2)).isEqualTo(1);
    assertThat(ConvShape.of(27, 16, 16, 6709).sites()).isEqualTo(8192);
    assertThat(ConvShape.of(27, 16, 16, 64).sites()).isEqualTo(64);
    assertThat(ConvShape.of(8, 16, 16, 3).sites()).isEqualTo(32);
  }
}
