package org.trispike.training.averaging;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * What the replicas of a round start from, on its way to the executors. What is a replica's own is
 * a broadcast of its own, so that an executor fetches it for the replicas that it runs.
 */
final class RoundStart implements Serializable, AutoCloseable {
  private static final long serialVersionUID = 1L;

  private final Broadcast<ReplicaState> shared;
  private final List<Broadcast<float[]>> moments;

  private RoundStart(Broadcast<ReplicaState> shared, List<Broadcast<float[]>> moments) {
    this.shared = shared;
    this.moments = moments;
  }

  /**
   * @param moments the updater's state of each replica; empty if all start from the shared one
   */
  static RoundStart send(JavaSparkContext spark, ReplicaState shared, List<float[]> moments) {
    return new RoundStart(spark.broadcast(shared), moments.stream().map(spark::broadcast).toList());
  }

  /** Where one replica starts. */
  ReplicaState of(int replica) {
    ReplicaState state = shared.value();
    return moments.isEmpty() ? state : state.withUpdater(moments.get(replica).value());
  }

  long id() {
    return shared.id();
  }

  /** Takes it back from driver and executors. */
  @Override
  public void close() {
    shared.destroy();
    moments.forEach(Broadcast::destroy);
  }
}
