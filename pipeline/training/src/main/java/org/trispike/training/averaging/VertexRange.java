package org.trispike.training.averaging;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;

/**
 * Where a vertex's parameters lie in the flat vector of its graph.
 *
 * @param start position of the first
 * @param length how many they are, maybe 0
 */
public record VertexRange(GraphVertex vertex, int start, int length) {

  /** Those of all vertices: DL4J lays parameters out vertex by vertex in topological order. */
  public static List<VertexRange> of(ComputationGraph graph) {
    List<VertexRange> ranges = new ArrayList<>();
    int at = 0;
    for (int index : graph.topologicalSortOrder()) {
      GraphVertex vertex = graph.getVertices()[index];
      int length = Math.toIntExact(vertex.numParams());
      ranges.add(new VertexRange(vertex, at, length));
      at = Math.addExact(at, length);
    }
    return ranges;
  }
}
