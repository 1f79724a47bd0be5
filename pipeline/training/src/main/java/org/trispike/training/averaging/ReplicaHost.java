package org.trispike.training.averaging;

import java.io.Serializable;
import java.util.ArrayDeque;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Keeps built graphs between the rounds of one JVM. It travels as a broadcast, of which a JVM has
 * one copy, so that graphs live as long as the training and no longer. What a task borrows belongs
 * to it alone, and its state is overwritten before use.
 */
final class ReplicaHost implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String configuration;
  private transient ArrayDeque<ComputationGraph> idle;

  /**
   * @param configuration JSON of the graph
   */
  ReplicaHost(String configuration) {
    this.configuration = configuration;
  }

  /** A graph with undefined state. */
  ComputationGraph borrow() {
    synchronized (this) {
      if (idle != null && !idle.isEmpty()) {
        return idle.pop();
      }
    }
    // The holder of native operations needs ND4J's backend, which nothing has loaded on an
    // executor.
    var unused = Nd4j.getBackend();
    // One replica a core: ND4J's own threads would only get in the way of the others.
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
    ComputationGraph graph =
        new ComputationGraph(ComputationGraphConfiguration.fromJson(configuration));
    graph.init();
    return graph;
  }

  synchronized void giveBack(ComputationGraph graph) {
    if (idle == null) {
      idle = new ArrayDeque<>();
    }
    idle.push(graph);
  }

  /** Frees what the idle graphs of this JVM hold. */
  synchronized void close() {
    while (idle != null && !idle.isEmpty()) {
      discard(idle.pop());
    }
  }

  /** Frees what a graph holds outside the heap, where its vertices know how to. */
  static void discard(ComputationGraph graph) {
    for (GraphVertex vertex : graph.getVertices()) {
      if (vertex instanceof AutoCloseable closeable) {
        try {
          closeable.close();
        } catch (Exception e) {
          throw new IllegalStateException("Cannot close " + vertex.getVertexName(), e);
        }
      }
    }
  }
}
