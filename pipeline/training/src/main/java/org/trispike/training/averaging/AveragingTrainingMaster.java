package org.trispike.training.averaging;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.trispike.training.averaging.Gathering.Gathered;

/**
 * Parameter averaging in rounds. One call of {@code fitMultiDataSet} is one round: each of the
 * RDD's W partitions is a replica, which starts from the same parameters and counts, fits the
 * minibatches of its partition one after the other, and gives all of it back. Parameters and, as
 * the {@link AveragingSpec} says, updater state are averaged in the order of the replicas, in
 * double precision, so the result does not depend on which executor ran what, or how often.
 *
 * <p>In the place of DL4J's ParameterAveragingTrainingMaster, which forgets the updater by default
 * and restarts the counts each round. Means of parameters: McMahan et al. 2017
 * (Communication-Efficient Learning of Deep Networks from Decentralized Data). Memory on the
 * driver: O(W · P) if averages are made there or replicas keep moments of their own, else O(P).
 */
public final class AveragingTrainingMaster
    implements TrainingMaster<ReplicaResult, ReplicaWorker>, AutoCloseable {
  private final JavaSparkContext spark;
  private final int replicas;
  private final AveragingSpec spec;
  private final OuterStep outer;
  private Broadcast<ReplicaHost> host;
  private RoundStart start;
  private List<float[]> moments = List.of();
  private Round lastRound;

  /**
   * @param replicas W, however many executors there are
   */
  public AveragingTrainingMaster(JavaSparkContext spark, int replicas, AveragingSpec spec) {
    if (replicas < 1) {
      throw new IllegalArgumentException("Averaging needs at least 1 replica, not " + replicas);
    }
    this.spark = spark;
    this.replicas = replicas;
    this.spec = Objects.requireNonNull(spec);
    this.outer = new OuterStep(spec.outerRate(), spec.outerMomentum());
  }

  /** What the last round was; null before the first. */
  public Round lastRound() {
    return lastRound;
  }

  /** What all replicas of the next round start from; its updater is empty if it is not averaged. */
  public ReplicaState shared(ComputationGraph network) {
    ReplicaState state = ReplicaState.of(network);
    return spec.moments() == Moments.AVERAGE ? state : state.withUpdater(new float[0]);
  }

  /** What the next round depends on beside that. */
  public AveragingState state() {
    return new AveragingState(moments, outer.velocity());
  }

  /** Goes on from what a former run carried. */
  public void restore(AveragingState state) {
    int kept = spec.moments() == Moments.KEEP ? replicas : 0;
    if (!state.moments().isEmpty() && state.moments().size() != kept) {
      throw new IllegalArgumentException(
          kept + " replicas keep their moments, not " + state.moments().size());
    }
    moments = state.moments();
    outer.restore(state.velocity());
  }

  /** A worker that starts from the network's present state. */
  @Override
  public ReplicaWorker getWorkerInstance(SparkComputationGraph graph) {
    return worker(graph.getNetwork(), shared(graph.getNetwork()));
  }

  private ReplicaWorker worker(ComputationGraph network, ReplicaState state) {
    if (host == null) {
      host = spark.broadcast(new ReplicaHost(network.getConfiguration().toJson()));
    }
    start = RoundStart.send(spark, state, moments);
    return new ReplicaWorker(host, start, spec);
  }

  /**
   * Runs one round. If it fails, network and state are what they were.
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
    ComputationGraph network = graph.getNetwork();
    ReplicaState before = shared(network);
    ReplicaWorker worker = worker(network, before);
    try {
      Gathered gathered =
          gathering(before).gather(data.mapPartitionsWithIndex(new ReplicaTask(worker), true));
      next(before, gathered, Norms.of(network)).into(network);
      lastRound = round(gathered.reports(), (System.nanoTime() - begin) / 1e9);
    } finally {
      start.close();
    }
  }

  private Gathering gathering(ReplicaState state) {
    Blocks blocks = new Blocks(state.parameters().length, state.updater().length, Blocks.SIZE);
    return spec.shuffles(blocks.bytes() * replicas)
        ? new ShuffleGathering(blocks, replicas, spark.defaultParallelism())
        : new DriverGathering();
  }

  /** What the replicas' means make of the network. */
  private ReplicaState next(ReplicaState before, Gathered gathered, Norms norms) {
    List<ReplicaReport> reports = gathered.reports();
    ReplicaReport first = reports.get(0);
    for (ReplicaReport report : reports) {
      if (report.iterations() != first.iterations()) {
        throw new IllegalStateException(
            "Replicas took different numbers of steps: "
                + report.steps()
                + " and "
                + first.steps());
      }
    }
    float[] parameters = gathered.parameters();
    if (spec.statistics() == Statistics.MERGE) {
      norms.merge(reports, parameters);
    }
    if (spec.hasOuterStep()) {
      outer.apply(before.parameters(), parameters, norms.positions());
    }
    if (spec.moments() == Moments.KEEP) {
      moments = reports.stream().map(ReplicaReport::moments).toList();
    }
    return new ReplicaState(parameters, gathered.updater(), first.iterations(), first.epochs());
  }

  private Round round(List<ReplicaReport> reports, double seconds) {
    Figures figures = new Figures();
    reports.forEach(report -> figures.merge(report.figures()));
    double[] each =
        reports.stream()
            .mapToDouble(report -> report.figures().sum("nanos.replica") / 1e9)
            .sorted()
            .toArray();
    double slowest = each[replicas - 1];
    return new Round(
        replicas,
        reports.get(0).steps(),
        figures,
        slowest,
        each[(replicas - 1) / 2],
        seconds - slowest,
        seconds);
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
