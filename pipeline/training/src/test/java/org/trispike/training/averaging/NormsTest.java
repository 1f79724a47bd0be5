package org.trispike.training.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trispike.kernels.KeyedRandom;
import org.trispike.spiking.EncoderSpec;
import org.trispike.spiking.Encoders;
import org.trispike.spiking.ParameterLayout;
import org.trispike.spiking.ParameterSpec;
import org.trispike.training.align.AlignmentSpec;
import org.trispike.training.graph.AlignmentGraph;
import org.trispike.training.graph.GraphSpec;
import org.trispike.training.graph.OptimizerSpec;
import org.trispike.training.graph.ProjectionStart;
import org.trispike.training.graph.TrainedParts;
import org.trispike.training.graph.WarmupCosine;

final class NormsTest {
  private static ComputationGraph graph(String encoder) {
    return AlignmentGraph.create(
        new GraphSpec(
            EncoderSpec.standard(encoder, 8),
            8,
            ProjectionStart.RANDOM,
            AlignmentSpec.standard(),
            new OptimizerSpec(new WarmupCosine(1e-3, 1e-3, 1e-3, 0, 1), 0.9, 0.98, 1e-8, 0),
            1,
            1));
  }

  /** Looked up by the names that files use, which the code does not look at. */
  @ParameterizedTest
  @ValueSource(strings = {"e3dsnn-t", "pointnet", "pointnet-plain"})
  void areFoundInTheGraph(String encoder) {
    ComputationGraph graph = graph(encoder);
    float[] positions = new float[Math.toIntExact(graph.params().length())];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = i;
    }
    float[] inEncoder = TrainedParts.of(graph, positions).encoder();
    ParameterLayout layout = Encoders.create(EncoderSpec.standard(encoder, 8)).layout();
    List<Float> expected = new ArrayList<>();
    for (ParameterSpec spec : layout.parameters()) {
      if (spec.name().endsWith(".mean")) {
        String norm = spec.name().substring(0, spec.name().length() - ".mean".length());
        for (ParameterSpec part : List.of(spec, layout.get(norm + ".variance"))) {
          for (float position : part.of(inEncoder)) {
            expected.add(position);
          }
        }
      }
    }
    Norms norms = Norms.of(graph);
    float[] found = norms.values(positions);
    assertThat(expected).isNotEmpty().hasSize(found.length);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isEqualTo(expected.get(i));
    }
    assertThat(norms.positions().stream().toArray())
        .isEqualTo(expected.stream().mapToInt(Float::intValue).sorted().toArray());
  }

  /** Groups of different sizes, means and spreads, against the statistics of all their numbers. */
  @Test
  void mergedAreThoseOfTheJoinedData() {
    ComputationGraph graph = graph("e3dsnn-t");
    Norms norms = Norms.of(graph);
    int size = norms.values(ReplicaState.of(graph).parameters()).length;
    List<double[]> groups = new ArrayList<>();
    List<ReplicaReport> reports = new ArrayList<>();
    for (int w = 0; w < 3; w++) {
      KeyedRandom random = KeyedRandom.of(w);
      int rows = 100 + 400 * w;
      int centre = 3 * w - 2;
      double[] data =
          DoubleStream.generate(() -> centre + (centre + 4) * random.nextGaussian())
              .limit(rows)
              .toArray();
      groups.add(data);
      float[] statistics = new float[size];
      int at = 0;
      for (var norm : Encoders.create(EncoderSpec.standard("e3dsnn-t", 8)).layout().norms()) {
        Arrays.fill(statistics, at, at + norm.mean().size(), (float) mean(data));
        at += norm.mean().size();
        Arrays.fill(statistics, at, at + norm.mean().size(), (float) variance(data));
        at += norm.mean().size();
      }
      reports.add(report(w, rows, statistics));
    }
    float[] parameters = ReplicaState.of(graph).parameters();
    float[] before = parameters.clone();
    norms.merge(reports, parameters);
    double[] all = groups.stream().flatMapToDouble(Arrays::stream).toArray();
    float[] merged = norms.values(parameters);
    // The first norm of the encoder begins with the means of its channels.
    int channels =
        Encoders.create(EncoderSpec.standard("e3dsnn-t", 8)).layout().norms().get(0).mean().size();
    assertThat((double) merged[0]).isCloseTo(mean(all), within(1e-5));
    assertThat((double) merged[channels]).isCloseTo(variance(all), within(1e-4));
    norms.positions().stream().forEach(i -> parameters[i] = before[i]);
    assertThat(parameters).isEqualTo(before);
  }

  @Test
  void ofOneReplicaAreItsOwn() {
    ComputationGraph graph = graph("pointnet-plain");
    float[] parameters = ReplicaState.of(graph).parameters();
    KeyedRandom random = KeyedRandom.of(5);
    float[] statistics = new float[Norms.of(graph).values(parameters).length];
    for (int i = 0; i < statistics.length; i++) {
      statistics[i] = random.nextFloat();
    }
    Norms.of(graph).merge(List.of(report(0, 123_457, statistics)), parameters);
    assertThat(Norms.of(graph).values(parameters)).isEqualTo(statistics);
  }

  private static ReplicaReport report(int replica, double rows, float[] statistics) {
    return new ReplicaReport(replica, 1, 1, 1, new Figures(), rows, statistics, new float[0]);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / values.length;
  }
}
