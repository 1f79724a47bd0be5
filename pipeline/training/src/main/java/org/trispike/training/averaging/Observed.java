package org.trispike.training.averaging;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** A part of a graph that has figures to tell of its last training step. */
public interface Observed {

  /** Announces whether the step to come is to be looked at closely, which may cost time. */
  void watch(boolean closely);

  /** Adds the figures of the last step. */
  void report(Figures figures);

  /** The parts of a graph that have figures. */
  static List<Observed> of(ComputationGraph graph) {
    return Arrays.stream(graph.getVertices())
        .filter(Observed.class::isInstance)
        .map(Observed.class::cast)
        .toList();
  }
}
