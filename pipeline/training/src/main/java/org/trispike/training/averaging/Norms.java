package org.trispike.training.averaging;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * The running statistics of all norms of a graph, by their places in its flat parameters. Those of
 * several replicas are merged as statistics of groups are: with weights w that add up to 1,
 *
 * <pre>  μ = Σ w μᵣ    σ² = Σ w σᵣ² + Σ w (μᵣ − μ)²  </pre>
 *
 * which, for groups of w shares of the data, are mean and variance of all of it. Chan et al. 1979
 * (Updating Formulae and a Pairwise Algorithm for Computing Sample Variances).
 */
final class Norms {
  private final List<NormRange> ranges;

  private Norms(List<NormRange> ranges) {
    this.ranges = ranges;
  }

  static Norms of(ComputationGraph graph) {
    List<NormRange> ranges = new ArrayList<>();
    for (VertexRange range : VertexRange.of(graph)) {
      if (range.vertex() instanceof Normalised normalised) {
        normalised.norms().forEach(norm -> ranges.add(norm.shifted(range.start())));
      }
    }
    return new Norms(List.copyOf(ranges));
  }

  /** The rows that the graph's norms saw in its last training step. */
  static long rows(ComputationGraph graph) {
    long rows = 0;
    for (var vertex : graph.getVertices()) {
      if (vertex instanceof Normalised normalised) {
        rows += normalised.rows();
      }
    }
    return rows;
  }

  /** Means and then variances, norm after norm. */
  float[] values(float[] parameters) {
    float[] values = new float[2 * ranges.stream().mapToInt(NormRange::channels).sum()];
    int at = 0;
    for (NormRange range : ranges) {
      System.arraycopy(parameters, range.mean(), values, at, range.channels());
      at += range.channels();
      System.arraycopy(parameters, range.variance(), values, at, range.channels());
      at += range.channels();
    }
    return values;
  }

  /** The positions that no gradient moves. */
  BitSet positions() {
    BitSet positions = new BitSet();
    for (NormRange range : ranges) {
      positions.set(range.mean(), range.mean() + range.channels());
      positions.set(range.variance(), range.variance() + range.channels());
    }
    return positions;
  }

  /** Overwrites the statistics in {@code parameters} by those of the replicas, merged. */
  void merge(List<ReplicaReport> reports, float[] parameters) {
    double all = reports.stream().mapToDouble(ReplicaReport::rows).sum();
    if (!ranges.isEmpty() && !(all > 0)) {
      throw new IllegalStateException("The norms of no replica saw a row");
    }
    int at = 0;
    for (NormRange range : ranges) {
      for (int c = 0; c < range.channels(); c++) {
        double mean = 0;
        double within = 0;
        for (ReplicaReport report : reports) {
          mean += report.rows() * report.statistics()[at + c];
          within += report.rows() * report.statistics()[at + range.channels() + c];
        }
        mean /= all;
        double between = 0;
        for (ReplicaReport report : reports) {
          double off = report.statistics()[at + c] - mean;
          between += report.rows() * off * off;
        }
        parameters[range.mean() + c] = (float) mean;
        parameters[range.variance() + c] = (float) ((within + between) / all);
      }
      at += 2 * range.channels();
    }
  }
}
