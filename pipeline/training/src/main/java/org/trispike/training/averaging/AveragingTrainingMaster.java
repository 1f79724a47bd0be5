package org.trispike.training.averaging;

import java.util.Collection;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Parameter averaging in rounds. One call of {@code fitMultiDataSet} is one round: each of the
 * RDD's W partitions is a replica, which starts from the same parameters, updater state and counts,
 * fits the minibatches of its partition one after the other, and gives all of it back. The driver
 * averages parameters and updater state in the order of the replicas, in double precision, so the
 * result does not depend on which executor ran what, or how often.
 *
 * <p>In the place of DL4J's ParameterAveragingTrainingMaster, which forgets the updater by default
 * and restarts the counts each round. Means of parameters: McMahan et al. 2017
 * (Communication-Efficient Learning of Deep Networks from Decentralized Data). O(W · P) memory on
 * the driver.
 */
public final class AveragingTrainingMaster
    implements TrainingMaster<ReplicaResult, ReplicaWorker>, AutoCloseable {
  private final JavaSparkContext spark;
  private final int replicas;
  private Broadcast<ReplicaHost> host;
  private Broadcast<ReplicaState> start;
  private Round lastRound;

  /**
   * @param replicas W, however many executors there are
   */
  public AveragingTrainingMaster(JavaSparkContext spark, int replicas) {
    if (replicas < 1) {
      throw new IllegalArgumentException("Averaging needs at least 1 replica, not " + replicas);
    }
    this.spark = spark;
    this.replicas = replicas;
  }

  /** What the last round was; null before the first. */
  public Round lastRound() {
    return lastRound;
  }

  /** A worker that starts from the network's present state. */
  @Override
  public ReplicaWorker getWorkerInstance(SparkComputationGraph graph) {
    if (host == null) {
      host = spark.broadcast(new ReplicaHost(graph.getNetwork().getConfiguration().toJson()));
    }
    start = spark.broadcast(ReplicaState.of(graph.getNetwork()));
    return new ReplicaWorker(host, start);
  }

  /**
   * Runs one round.
   *
   * @param data W partitions, each with at least one minibatch and all with as many
   */
  @Override
  public void executeTrainingMDS(SparkComputationGraph graph, JavaRDD<MultiDataSet> data) {
    if (data.getNumPartitions() != replicas) {
      throw new IllegalArgumentException(
          "A round of "
              + replicas
              + " replicas has as many partitions, not "
              + data.getNumPartitions());
    }
    long begin = System.nanoTime();
    ReplicaWorker worker = getWorkerInstance(graph);
    try {
      long sent = System.nanoTime();
      // Collected by the order of partitions, whatever the order in which they finish.
      List<ReplicaResult> results =
          data.mapPartitionsWithIndex(new ReplicaTask(worker), true).collect();
      long received = System.nanoTime();
      average(results).into(graph.getNetwork());
      long end = System.nanoTime();
      Figures figures = new Figures();
      for (ReplicaResult result : results) {
        figures.merge(result.figures());
      }
      double[] seconds = seconds(results);
      lastRound =
          new Round(
              replicas,
              results.get(0).steps(),
              figures,
              seconds[replicas - 1],
              seconds[(replicas - 1) / 2],
              (sent - begin + end - received) / 1e9,
              (end - begin) / 1e9);
    } finally {
      start.destroy();
    }
  }

  /** What each replica took, in ascending order. */
  private static double[] seconds(List<ReplicaResult> results) {
    return results.stream()
        .mapToDouble(result -> result.figures().sum("nanos.replica") / 1e9)
        .sorted()
        .toArray();
  }

  private ReplicaState average(List<ReplicaResult> results) {
    ReplicaState first = results.get(0).state();
    for (ReplicaResult result : results) {
      if (result.state().iterations() != first.iterations()) {
        throw new IllegalStateException(
            "Replicas took different numbers of steps: "
                + result.steps()
                + " and "
                + results.get(0).steps());
      }
    }
    return new ReplicaState(
        Averages.of(results, result -> result.state().parameters()),
        Averages.of(results, result -> result.state().updater()),
        first.iterations(),
        first.epochs());
  }

  /** Frees the replicas that the driver's JVM keeps, and the executors' copies. */
  @Override
  public void close() {
    if (host != null) {
      host.value().close();
      host.destroy();
      host = null;
    }
  }

  @Override
  public void executeTraining(SparkComputationGraph graph, JavaRDD<DataSet> data) {
    executeTrainingMDS(graph, data.map(DataSet::toMultiDataSet));
  }

  @Override
  public ReplicaWorker getWorkerInstance(SparkDl4jMultiLayer network) {
    throw ReplicaWorker.unsupported("networks of layers");
  }

  @Override
  public void executeTraining(SparkDl4jMultiLayer network, JavaRDD<DataSet> data) {
    throw ReplicaWorker.unsupported("networks of layers");
  }

  @Override
  public void executeTrainingPaths(
      SparkDl4jMultiLayer network,
      SparkComputationGraph graph,
      JavaRDD<String> paths,
      DataSetLoader loader,
      MultiDataSetLoader multiLoader) {
    throw ReplicaWorker.unsupported("paths of minibatches");
  }

  @Override
  public void addHook(TrainingHook hook) {
    throw ReplicaWorker.unsupported("hooks");
  }

  @Override
  public void removeHook(TrainingHook hook) {
    throw ReplicaWorker.unsupported("hooks");
  }

  @Override
  public String toJson() {
    return "{\"replicas\": " + replicas + "}";
  }

  @Override
  public String toYaml() {
    return "replicas: " + replicas + "\n";
  }

  /** DL4J's statistics are not collected: {@link #lastRound()} has what a round took. */
  @Override
  public void setCollectTrainingStats(boolean collect) {
    if (collect) {
      throw ReplicaWorker.unsupported("DL4J's statistics");
    }
  }

  @Override
  public boolean getIsCollectTrainingStats() {
    return false;
  }

  @Override
  public SparkTrainingStats getTrainingStats() {
    return null;
  }

  @Override
  public void setListeners(Collection<TrainingListener> listeners) {
    throw ReplicaWorker.unsupported("listeners on executors");
  }

  @Override
  public void setListeners(StatsStorageRouter router, Collection<TrainingListener> listeners) {
    throw ReplicaWorker.unsupported("listeners on executors");
  }

  @Override
  public boolean deleteTempFiles(JavaSparkContext context) {
    return true;
  }

  @Override
  public boolean deleteTempFiles(SparkContext context) {
    return true;
  }
}
