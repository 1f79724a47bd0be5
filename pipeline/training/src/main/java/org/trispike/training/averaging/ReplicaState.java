package org.trispike.training.averaging;

import java.io.Serializable;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * All that a graph carries from one training step to the next.
 *
 * @param parameters flat, in the graph's order, among them the statistics of norms
 * @param updater the updater's state, e.g. Adam's moments; empty if it has none, or if all of it is
 *     zero
 * @param iterations steps so far: bias corrections and learning rates depend on it
 * @param epochs as DL4J counts them; here averaging rounds
 */
@SuppressWarnings("ArrayRecordComponent") // arrays that are passed through
public record ReplicaState(float[] parameters, float[] updater, int iterations, int epochs)
    implements Serializable {

  /** A copy of the graph's state. */
  public static ReplicaState of(ComputationGraph graph) {
    INDArray updater = updaterOf(graph);
    return new ReplicaState(
        NdArrays.floats(graph.params()),
        updater == null ? new float[0] : NdArrays.floats(updater),
        graph.getIterationCount(),
        graph.getEpochCount());
  }

  /** Makes it the graph's own; DL4J's clones forget the counts, so these are set too. */
  public void into(ComputationGraph graph) {
    INDArray params = graph.params();
    NdArrays.write(parameters, params.reshape(params.length()));
    INDArray state = updaterOf(graph);
    if (state != null && updater.length == 0) {
      state.assign(0);
    } else if (state != null) {
      NdArrays.write(updater, state.reshape(state.length()));
    }
    graph.getConfiguration().setIterationCount(iterations);
    graph.getConfiguration().setEpochCount(epochs);
    // Layers keep counts of their own, which learning rates are looked up by.
    for (var layer : graph.getLayers()) {
      layer.setIterationCount(iterations);
      layer.setEpochCount(epochs);
    }
  }

  ReplicaState withUpdater(float[] other) {
    return new ReplicaState(parameters, other, iterations, epochs);
  }

  private static INDArray updaterOf(ComputationGraph graph) {
    return graph.getUpdater(true).getStateViewArray();
  }
}
