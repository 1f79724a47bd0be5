package org.trispike.training.averaging;

import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.api.TrainingWorker;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * One replica's local steps. It starts from the broadcast state and nothing else, so an attempt
 * that is repeated gives the same bits.
 */
public final class ReplicaWorker implements TrainingWorker<ReplicaResult> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<ReplicaHost> host;
  private final RoundStart start;
  private final AveragingSpec spec;
  private transient int replica;
  private transient Figures figures;
  private transient int steps;
  private transient double rows;

  ReplicaWorker(Broadcast<ReplicaHost> host, RoundStart start, AveragingSpec spec) {
    this.host = host;
    this.start = start;
    this.spec = spec;
  }

  @Override
  public ComputationGraph getInitialModelGraph() {
    return start(0);
  }

  /** The graph of a replica at the start of its round. */
  ComputationGraph start(int number) {
    ComputationGraph graph = host.value().borrow();
    start.of(number).into(graph);
    replica = number;
    figures = new Figures();
    steps = 0;
    rows = 0;
    return graph;
  }

  @Override
  public ReplicaResult processMinibatch(MultiDataSet batch, ComputationGraph graph, boolean last) {
    List<Observed> parts = Observed.of(graph);
    parts.forEach(part -> part.watch(last));
    long begin = System.nanoTime();
    graph.fit(batch);
    figures.add("nanos.fit", System.nanoTime() - begin);
    figures.add("samples", batch.getFeatures(0).size(0));
    parts.forEach(part -> part.report(figures));
    rows += Norms.rows(graph);
    steps++;
    return last ? getFinalResult(graph) : null;
  }

  /** The figures of the steps so far. */
  Figures figures() {
    return figures;
  }

  @Override
  public ReplicaResult processMinibatch(DataSet batch, ComputationGraph graph, boolean last) {
    return processMinibatch(batch.toMultiDataSet(), graph, last);
  }

  @Override
  public ReplicaResult getFinalResult(ComputationGraph graph) {
    ReplicaState state = ReplicaState.of(graph);
    float[] none = new float[0];
    ReplicaReport report =
        new ReplicaReport(
            replica,
            steps,
            state.iterations(),
            state.epochs(),
            figures,
            rows,
            spec.statistics() == Statistics.MERGE
                ? Norms.of(graph).values(state.parameters())
                : none,
            spec.moments() == Moments.KEEP ? state.updater() : none);
    float[] averaged = spec.moments() == Moments.AVERAGE ? state.updater() : none;
    return new ReplicaResult(state.parameters(), averaged, report);
  }

  /** Gives a graph back for the next round. */
  void release(ComputationGraph graph) {
    host.value().giveBack(graph);
  }

  @Override
  public void addHook(TrainingHook hook) {
    throw unsupported("hooks");
  }

  @Override
  public void removeHook(TrainingHook hook) {
    throw unsupported("hooks");
  }

  @Override
  public MultiLayerNetwork getInitialModel() {
    throw unsupported("networks of layers");
  }

  @Override
  public ReplicaResult processMinibatch(DataSet batch, MultiLayerNetwork network, boolean last) {
    throw unsupported("networks of layers");
  }

  @Override
  public Pair<ReplicaResult, SparkTrainingStats> processMinibatchWithStats(
      DataSet batch, MultiLayerNetwork network, boolean last) {
    throw unsupported("networks of layers");
  }

  @Override
  public Pair<ReplicaResult, SparkTrainingStats> processMinibatchWithStats(
      DataSet batch, ComputationGraph graph, boolean last) {
    throw unsupported("DL4J's statistics");
  }

  @Override
  public Pair<ReplicaResult, SparkTrainingStats> processMinibatchWithStats(
      MultiDataSet batch, ComputationGraph graph, boolean last) {
    throw unsupported("DL4J's statistics");
  }

  @Override
  public ReplicaResult getFinalResult(MultiLayerNetwork network) {
    throw unsupported("networks of layers");
  }

  @Override
  public ReplicaResult getFinalResultNoData() {
    throw new IllegalStateException("A replica without data has no result");
  }

  @Override
  public Pair<ReplicaResult, SparkTrainingStats> getFinalResultNoDataWithStats() {
    throw unsupported("DL4J's statistics");
  }

  @Override
  public Pair<ReplicaResult, SparkTrainingStats> getFinalResultWithStats(
      MultiLayerNetwork network) {
    throw unsupported("networks of layers");
  }

  @Override
  public Pair<ReplicaResult, SparkTrainingStats> getFinalResultWithStats(ComputationGraph graph) {
    throw unsupported("DL4J's statistics");
  }

  @Override
  public WorkerConfiguration getDataConfiguration() {
    throw unsupported("DL4J's data configuration");
  }

  @Override
  public long getInstanceId() {
    return start.id();
  }

  static UnsupportedOperationException unsupported(String what) {
    return new UnsupportedOperationException(
        "Averaging takes graphs and RDDs of minibatches; it does not know " + what);
  }
}
