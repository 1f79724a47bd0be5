package org.trispike.training.averaging;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** What a Spark task does in a round: one replica, all minibatches of its partition. */
final class ReplicaTask
    implements Function2<Integer, Iterator<MultiDataSet>, Iterator<ReplicaResult>> {
  private static final long serialVersionUID = 1L;

  private final ReplicaWorker worker;

  ReplicaTask(ReplicaWorker worker) {
    this.worker = worker;
  }

  @Override
  public Iterator<ReplicaResult> call(Integer replica, Iterator<MultiDataSet> batches) {
    long begin = System.nanoTime();
    ComputationGraph graph = worker.start(replica);
    boolean good = false;
    try {
      long reading = System.nanoTime();
      boolean more = batches.hasNext();
      if (!more) {
        throw new IllegalStateException("Replica " + replica + " got no minibatch");
      }
      ReplicaResult result = null;
      while (more) {
        MultiDataSet batch = batches.next();
        more = batches.hasNext();
        worker.figures().add("nanos.read", System.nanoTime() - reading);
        result = worker.processMinibatch(batch, graph, !more);
        reading = System.nanoTime();
      }
      worker.figures().add("nanos.replica", System.nanoTime() - begin);
      good = true;
      return List.of(result).iterator();
    } finally {
      if (good) {
        worker.release(graph);
      } else {
        // Whatever broke may have left it half way through a step.
        ReplicaHost.discard(graph);
      }
    }
  }
}
