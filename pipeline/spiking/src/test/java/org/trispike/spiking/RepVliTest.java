package org.trispike.spiking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.Neuron;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;
import org.trispike.kernels.VoxelSpec;

class RepVliTest {
  private static final int CLASSES = 7;

  /** Logits over |z| of one sample, by both paths, and whether all layers saw equal spikes. */
  private record Both(double[] unfolded, double[] folded, boolean sameSpikes) {
    double difference() {
      double worst = 0;
      for (int k = 0; k < unfolded.length; k++) {
        worst = Math.max(worst, Math.abs(unfolded[k] - folded[k]));
      }
      return worst;
    }
  }

  /**
   * Each sample through the folded network, and through the encoder with running statistics, the
   * text projection and the cosine written out.
   */
  private static List<Both> compare(EncoderSpec spec, int samples, int points) {
    Encoder encoder = Encoders.create(spec);
    float[] parameters = Fixtures.lively(encoder.layout(), 1);
    PointBatch batch = Fixtures.batch(9, samples, points);
    Alignment alignment = Models.alignment(encoder, parameters);
    SpikingModel model = Models.fold(encoder, parameters, CLASSES);
    List<Both> results = new ArrayList<>();
    // The scalar loops round alike on every machine, so that ties do too.
    try (Compute compute = Computes.scalar(2);
        Scope resident = new Scope(compute);
        InferenceRuntime runtime = model.open(compute)) {
      Tensor flat = Fixtures.vector(resident, parameters);
      for (int b = 0; b < samples; b++) {
        PointBatch sample = Fixtures.sample(batch, b);
        Inference inference = runtime.run(sample);
        try (Scope scope = new Scope(compute)) {
          EncoderTrace trace = encoder.forward(scope, flat, sample, false);
          float[] z = Fixtures.download(compute, trace.output());
          double length = Vectors.norm(z);
          double[] unfolded = new double[CLASSES];
          double[] folded = new double[CLASSES];
          for (int k = 0; k < CLASSES; k++) {
            float[] w = alignment.classVector(Models.embeddings(CLASSES).get(k));
            for (int c = 0; c < z.length; c++) {
              unfolded[k] += w[c] * z[c] / length;
            }
            folded[k] = inference.logits()[0][k] / length;
          }
          results.add(new Both(unfolded, folded, spikes(trace.activities(), inference)));
        }
      }
    }
    return results;
  }

  private static boolean spikes(List<LayerActivity> unfolded, Inference folded) {
    for (int i = 0; i < unfolded.size(); i++) {
      if (unfolded.get(i).spikes() != folded.activities().get(i).spikes()) {
        return false;
      }
    }
    return true;
  }

  private static EncoderSpec spec(String name, Activation activation, Neuron neuron, int steps) {
    return new EncoderSpec(
        name,
        16,
        activation,
        neuron,
        steps,
        VoxelSpec.standard(),
        new PointFormerSpec(12, 6, 2, Attention.PAPER));
  }

  /**
   * Folding rounds weights anew, and a membrane that lies within that of a tie spikes in one
   * network and not in the other, in any single-precision network: those samples are held to the
   * arg-max, all others to 1e-5.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {"e3dsnn-t", "e3dsnn-s", "e3dsnn-l", "e3dsnn-h", "pointnet-plain", "pointformer"})
  void foldedNetworkClassifiesLikeTheUnfoldedPath(String name) {
    List<Both> results = compare(spec(name, Activation.SPIKING, Neuron.svl(4), 1), 8, 60);
    int same = 0;
    for (Both both : results) {
      assertThat(argMax(both.folded())).isEqualTo(argMax(both.unfolded()));
      if (both.sameSpikes()) {
        same++;
        assertThat(both.difference()).isLessThan(1e-5);
      }
    }
    assertThat(same).isGreaterThanOrEqualTo(4);
  }

  /** Without ties every sample is held to 1e-5: the neuron unrounded, several steps, the twin. */
  @ParameterizedTest
  @CsvSource({
    "e3dsnn-t, SPIKING, 1",
    "e3dsnn-s, SPIKING, 1",
    "e3dsnn-l, SPIKING, 1",
    "e3dsnn-h, SPIKING, 1",
    "e3dsnn-t, SPIKING, 2",
    "e3dsnn-t, RELU, 1",
    "pointnet, SPIKING, 1",
    "pointnet, SPIKING, 2",
    "pointnet, RELU, 1",
    "pointnet-plain, SPIKING, 1",
    "pointnet-plain, SPIKING, 2",
    "pointformer, SPIKING, 1",
    "pointformer, SPIKING, 2",
    "pointformer, RELU, 1"
  })
  void foldedAlgebraIsExact(String name, Activation activation, int steps) {
    for (Both both : compare(spec(name, activation, Neuron.svl(4).smooth(), steps), 3, 100)) {
      assertThat(both.difference()).isLessThan(1e-5);
      assertThat(argMax(both.folded())).isEqualTo(argMax(both.unfolded()));
    }
  }

  @Test
  void meanOfPromptsWeighsDirectionsNotLengths() {
    float[] mean = RepVli.mean(List.of(new float[] {10, 0}, new float[] {0, 0.1f}));
    assertThat(mean[0]).isCloseTo((float) Math.sqrt(0.5), within(1e-6f));
    assertThat(mean[1]).isCloseTo((float) Math.sqrt(0.5), within(1e-6f));
    assertThatThrownBy(() -> RepVli.mean(List.of(new float[] {Float.NaN, 1})))
        .hasMessage("A vector of length NaN has no direction");
  }

  @Test
  void appendedClassesLeaveTheOthersBitForBit() {
    Encoder encoder = Encoders.create(EncoderSpec.standard("e3dsnn-t", 16));
    float[] parameters = Fixtures.lively(encoder.layout(), 1);
    SpikingModel none = Models.fold(encoder, parameters, 0);
    SpikingModel all = Models.fold(encoder, parameters, 5);
    SpikingModel grown =
        none.withClasses(Models.classes(3), Models.embeddings(3))
            .withClasses(Models.classes(5).subList(3, 5), Models.embeddings(5).subList(3, 5));
    assertThat(grown.classes()).isEqualTo(all.classes());
    assertThat(grown.flat()).isEqualTo(all.flat());
    PointBatch batch = Fixtures.batch(9, 2, 50);
    assertThat(none.logits(batch)).isEqualTo(new float[2][0]);
    assertThat(none.features(batch)).isEqualTo(all.features(batch));
    assertThat(none.classify(batch, 5)).isEmpty();
    assertThatThrownBy(() -> none.withClasses(Models.classes(1), List.of(new float[3])))
        .hasMessage("Embedding of class class 0: A vector of 3 elements meets a map of 12");
  }

  @Test
  void rankingIsByCosineAveragedOverViews() {
    Encoder encoder = Encoders.create(EncoderSpec.standard("e3dsnn-t", 16));
    float[] parameters = Fixtures.lively(encoder.layout(), 1);
    SpikingModel model = Models.fold(encoder, parameters, CLASSES);
    Alignment alignment = model.alignment().orElseThrow();
    PointBatch views = Fixtures.batch(9, 3, 50);
    float[][] features = model.features(views);
    List<Ranked> ranked = model.classify(views, CLASSES);
    double sum = 0;
    double previous = 2;
    for (Ranked r : ranked) {
      double cosine = 0;
      float[] w = alignment.classVector(Models.embeddings(CLASSES).get(r.index()));
      for (float[] m : features) {
        float[] z = alignment.embed(m);
        for (int c = 0; c < z.length; c++) {
          cosine += w[c] * z[c] / 3;
        }
      }
      assertThat(r.score()).isCloseTo((float) cosine, within(1e-5f));
      assertThat((double) r.score()).isLessThanOrEqualTo(previous);
      assertThat(r.name()).isEqualTo("class " + r.index());
      previous = r.score();
      sum += r.probability();
    }
    assertThat(sum).isCloseTo(1, within(1e-6));
    double ratio = ranked.get(0).probability() / ranked.get(1).probability();
    double gap = ranked.get(0).score() - ranked.get(1).score();
    assertThat(ratio).isCloseTo(Math.exp(14.28 * gap), within(1e-3 * ratio));
    assertThat(model.classify(views, 2)).isEqualTo(ranked.subList(0, 2));
  }

  @Test
  void scoresThatAreNoNumbersComeLast() {
    Encoder encoder = Encoders.create(EncoderSpec.standard("e3dsnn-t", 16));
    SpikingModel model = Models.fold(encoder, Fixtures.lively(encoder.layout(), 1), 3);
    float[][] features = {Models.gaussian(1, 128)};
    List<Ranked> ranked = Ranking.of(model, new float[][] {{1, Float.NaN, 2}}, features, 3);
    assertThat(ranked).extracting(Ranked::index).containsExactly(2, 0, 1);
    assertThat(ranked.get(2).probability()).isZero();
    assertThat(ranked.get(0).probability() + ranked.get(1).probability())
        .isCloseTo(1f, within(1e-6f));
  }

  private static int argMax(double[] values) {
    int best = 0;
    for (int k = 1; k < values.length; k++) {
      best = values[k] > values[best] ? k : best;
    }
    return best;
  }
}
