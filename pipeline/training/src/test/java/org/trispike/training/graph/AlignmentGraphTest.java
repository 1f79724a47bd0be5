package org.trispike.training.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.Neuron;
import org.trispike.kernels.VoxelSpec;
import org.trispike.spiking.Activation;
import org.trispike.spiking.Attention;
import org.trispike.spiking.EncoderSpec;
import org.trispike.spiking.PointFormerSpec;
import org.trispike.training.align.AlignmentSpec;
import org.trispike.training.averaging.NdArrays;

/** What DL4J makes of our vertices: gradients that fit the loss, and decay where it belongs. */
final class AlignmentGraphTest {
  private static final int WIDTH = 16;
  private static final int SAMPLES = 6;
  private static final int POINTS = 40;

  private static ComputationGraph graph(String name, boolean spiking, double decay) {
    return graph(name, spiking, decay, 1e-3);
  }

  private static ComputationGraph graph(String name, boolean spiking, double decay, double rate) {
    VoxelSpec voxels = new VoxelSpec(0.3f, VoxelSpec.Origin.PER_SAMPLE, VoxelSpec.Duplicates.MEAN);
    EncoderSpec encoder =
        new EncoderSpec(
            name,
            WIDTH,
            Activation.SPIKING,
            Neuron.svl(4),
            1,
            voxels,
            new PointFormerSpec(8, 4, 1, Attention.PAPER));
    return AlignmentGraph.create(
        new GraphSpec(
            spiking ? encoder : encoder.twin(),
            WIDTH,
            ProjectionStart.RANDOM,
            AlignmentSpec.standard(),
            new OptimizerSpec(new WarmupCosine(rate, rate, rate, 0, 10), 0.9, 0.98, 1e-8, decay),
            1,
            3));
  }

  private static MultiDataSet batch() {
    return batch(0, 0);
  }

  /** Behind the samples' texts and images stand so many of a bank. */
  private static MultiDataSet batch(int bankTexts, int bankImages) {
    return batch(5, bankTexts, bankImages);
  }

  private static MultiDataSet batch(long key, int bankTexts, int bankImages) {
    KeyedRandom random = KeyedRandom.of(key);
    float[] points = new float[6 * SAMPLES * POINTS];
    for (int i = 0; i < points.length; i++) {
      points[i] = i % 6 < 3 ? random.uniform(-1, 1) : random.nextFloat();
    }
    int[] offsets = new int[SAMPLES + 1];
    Arrays.setAll(offsets, i -> i * POINTS);
    INDArray[] features = {
      Nd4j.ones(SAMPLES, 2),
      Nd4j.create(points, new int[] {SAMPLES * POINTS, 6}),
      Nd4j.createFromArray(offsets),
      vectors(SAMPLES + bankTexts, random),
      vectors(SAMPLES + bankImages, random)
    };
    return new org.nd4j.linalg.dataset.MultiDataSet(
        features, new INDArray[] {Nd4j.zeros(SAMPLES, 1)});
  }

  private static INDArray vectors(int rows, KeyedRandom random) {
    float[] vectors = new float[rows * WIDTH];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = (float) random.nextGaussian();
    }
    return Nd4j.create(vectors, new int[] {rows, WIDTH});
  }

  /** The loss at parameters p + step · direction. */
  private static double loss(
      ComputationGraph graph, MultiDataSet batch, float[] p, float[] direction, double step) {
    float[] moved = new float[p.length];
    for (int i = 0; i < p.length; i++) {
      moved[i] = (float) (p[i] + step * direction[i]);
    }
    graph.setParams(Nd4j.create(moved, new int[] {1, moved.length}));
    return graph.score(batch, true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"e3dsnn-t", "pointnet", "pointformer"})
  void itsGradientIsTheSlopeOfItsLoss(String name) {
    // The twin without spikes: the straight-through gradient is no slope of anything.
    ComputationGraph graph = graph(name, false, 0);
    float[] gradient = gradient(graph, batch());
    // Statistics of norms carry their own change in the place of a gradient.
    long statistics =
        graph
            .getVertex(AlignmentGraph.ENCODER)
            .paramTable(false)
            .get(EncoderVertex.STATISTICS)
            .length();
    int encoder = (int) graph.getVertex(AlignmentGraph.ENCODER).params().length();
    int first = start(graph, AlignmentGraph.ENCODER);
    Arrays.fill(gradient, (int) (first + encoder - statistics), first + encoder, 0);
    // Norms over a few rows make the loss steep: a short way.
    assertThat(slope(graph, batch(), gradient, 1e-4)).isCloseTo(1, within(0.02));
  }

  @Test
  void theProjectionsLearnFromTheRowsOfABankToo() {
    ComputationGraph graph = graph("pointnet", false, 0);
    MultiDataSet batch = batch(9, 5);
    float[] gradient = gradient(graph, batch);
    // All but the encoder, whose slope is that of any batch.
    int first = start(graph, AlignmentGraph.ENCODER);
    int size = (int) graph.getVertex(AlignmentGraph.ENCODER).params().length();
    Arrays.fill(gradient, first, first + size, 0);
    assertThat(slope(graph, batch, gradient, 1e-2)).isCloseTo(1, within(2e-3));
  }

  private static float[] statistics(ComputationGraph graph) {
    return NdArrays.floats(
        graph.getVertex(AlignmentGraph.ENCODER).paramTable(false).get(EncoderVertex.STATISTICS));
  }

  /** The mean over the first hundred batches, and from then on a hundredth of each. */
  @Test
  void runningStatisticsAreThoseOfTheBatchesSoFar() {
    MultiDataSet[] batches = {batch(5, 0, 0), batch(6, 0, 0)};
    float[][] own = new float[2][];
    for (int b = 0; b < 2; b++) {
      ComputationGraph once = graph("e3dsnn-t", true, 0, 0);
      once.fit(batches[b]);
      own[b] = statistics(once);
    }
    assertThat(own[0]).isNotEqualTo(own[1]);
    ComputationGraph graph = graph("e3dsnn-t", true, 0, 0);
    double[] expected = new double[own[0].length];
    for (int step = 0; step < 130; step++) {
      int which = step % 3 == 0 ? 0 : 1;
      graph.fit(batches[which]);
      for (int i = 0; i < expected.length; i++) {
        expected[i] += (own[which][i] - expected[i]) / Math.min(100, step + 1);
      }
    }
    float[] actual = statistics(graph);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i])
          .isCloseTo(expected[i], within(1e-4 + 1e-4 * Math.abs(expected[i])));
    }
  }

  private static float[] gradient(ComputationGraph graph, MultiDataSet batch) {
    graph.setInputs(batch.getFeatures());
    graph.setLabels(batch.getLabels());
    graph.computeGradientAndScore();
    return NdArrays.floats(graph.getFlattenedGradients());
  }

  /** The slope of the loss along a gradient, as a share of the gradient's length. */
  private static double slope(
      ComputationGraph graph, MultiDataSet batch, float[] gradient, double step) {
    float[] parameters = NdArrays.floats(graph.params());
    double square = 0;
    for (float g : gradient) {
      square += (double) g * g;
    }
    double length = Math.sqrt(square);
    assertThat(length).isGreaterThan(0.1);
    float[] direction = new float[gradient.length];
    for (int i = 0; i < direction.length; i++) {
      direction[i] = (float) (gradient[i] / length);
    }
    double slope =
        (loss(graph, batch, parameters, direction, step)
                - loss(graph, batch, parameters, direction, -step))
            / (2 * step);
    // The score is a mean over the batch; DL4J divides the gradient only when it updates.
    return slope * SAMPLES / length;
  }

  private static int start(ComputationGraph graph, String name) {
    int at = 0;
    for (int i : graph.topologicalSortOrder()) {
      var vertex = graph.getVertices()[i];
      if (vertex.getVertexName().equals(name)) {
        return at;
      }
      at += (int) vertex.numParams();
    }
    throw new IllegalArgumentException(name);
  }

  @Test
  void weightDecayLeavesNormsBiasesAndTheLogitScaleAlone() {
    double decay = 0.5;
    double rate = 1e-3;
    ComputationGraph without = graph("e3dsnn-t", true, 0);
    ComputationGraph with = graph("e3dsnn-t", true, decay);
    Map<String, INDArray> before = new TreeMap<>();
    with.paramTable().forEach((name, values) -> before.put(name, values.dup()));
    without.fit(batch());
    with.fit(batch());
    int decayed = 0;
    for (String name : before.keySet()) {
      double[] difference =
          NdArrays.doubles(
              with.paramTable().get(name).sub(without.paramTable().get(name)).dup('c'));
      double[] old = NdArrays.doubles(before.get(name).dup('c'));
      boolean weight = name.endsWith("_weights") || name.endsWith("_W");
      decayed += weight ? 1 : 0;
      double error = 0;
      for (int i = 0; i < old.length; i++) {
        double expected = weight ? -rate * decay * old[i] : 0;
        error = Math.max(error, Math.abs(difference[i] - expected));
      }
      assertThat(error).as(name).isLessThan(2e-7);
    }
    assertThat(decayed).isEqualTo(3);
  }
}
