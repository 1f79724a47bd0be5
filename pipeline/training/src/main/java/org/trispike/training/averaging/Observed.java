package org.trispike.training.averaging;

import org.deeplearning4j.nn.graph.ComputationGraph;

/** A part of a graph that has figures to tell of its last training step. */
public interface Observed {

  /** Announces whether the step to come is to be looked at closely, which may cost time. */
  void watch(boolean closely);

  /** Adds the figures of the last step. */
  void report(Figures figures);

  /** Adds the figures that the parts of a graph have of its last step. */
  static void report(ComputationGraph graph, Figures figures) {
    for (var vertex : graph.getVertices()) {
      if (vertex instanceof Observed observed) {
        observed.report(figures);
      }
    }
  }
}
