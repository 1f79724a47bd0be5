package org.trispike.training.pretrain;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.trispike.datasets.Split;
import org.trispike.datasets.row.TeacherInfo;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.spiking.EncoderSpec;
import org.trispike.training.averaging.AveragingTrainingMaster;
import org.trispike.training.averaging.ReplicaState;
import org.trispike.training.averaging.Round;
import org.trispike.training.checkpoint.Checkpoint;
import org.trispike.training.checkpoint.Resumable;
import org.trispike.training.checkpoint.TrainingState;
import org.trispike.training.device.Device;
import org.trispike.training.draw.NegativeBank;
import org.trispike.training.draw.NegativeBanks;
import org.trispike.training.draw.TrainingData;
import org.trispike.training.graph.AlignmentGraph;
import org.trispike.training.graph.EncoderSpecs;
import org.trispike.training.graph.GraphSpec;
import org.trispike.training.graph.TrainedParts;

/**
 * A network in training: its state on the driver, and one round at a time on the executors. What it
 * is after a round is a pure function of what it was before.
 */
final class Training implements AutoCloseable {
  private final JavaSparkContext spark;
  private final PretrainConfig config;
  private final DatasetManifest manifest;
  private final TeacherInfo teacher;
  private final GraphSpec spec;
  private final TrainingPlan plan;
  private final TrainingData data;
  private final AveragingTrainingMaster master;
  private final SparkComputationGraph network;
  private final Broadcast<TrainingData> broadcast;
  private final NegativeBanks banks;
  private Optional<WeightAverage> average;
  private int round;
  private long samples;

  Training(
      JavaSparkContext spark,
      Configuration hadoop,
      PretrainConfig config,
      DatasetManifest manifest,
      TeacherInfo teacher,
      Device.Kind device) {
    this.spark = spark;
    this.config = config;
    this.manifest = manifest;
    this.teacher = teacher;
    this.data =
        new TrainingData(
            config.dataset(),
            manifest.shards(Split.TRAIN),
            config.draw(),
            config.batchSize(),
            config.shuffleRows(),
            config.cacheBytes(),
            teacher.dimension(),
            hadoop);
    this.plan = TrainingPlan.of(data.batchesPerEpoch(), config.learning(), config.replication());
    EncoderSpec encoder = config.encoder();
    this.spec =
        new GraphSpec(
            encoder.outputWidth() == 0 ? encoder.withOutputWidth(teacher.dimension()) : encoder,
            teacher.dimension(),
            config.projectionStart(),
            config.loss(),
            config.learning().optimizer(plan),
            device,
            config.replication().threads(),
            config.seed());
    this.average = average(null);
    this.master =
        new AveragingTrainingMaster(spark, config.replication().replicas(), config.averaging());
    this.network = new SparkComputationGraph(spark, AlignmentGraph.create(spec), master);
    this.broadcast = spark.broadcast(data);
    this.banks = new NegativeBanks(spark, broadcast, config.bankRows());
  }

  private Optional<WeightAverage> average(float[] values) {
    double decay = config.learning().emaDecay();
    return decay == 0 ? Optional.empty() : Optional.of(new WeightAverage(decay, values));
  }

  /** Goes on from a checkpoint. */
  void restore(Resumable resumable) {
    resumable.replica().into(network.getNetwork());
    master.restore(resumable.averaging());
    average = average(resumable.average().orElse(null));
    round = resumable.state().round();
    samples = resumable.state().samples();
  }

  boolean finished() {
    return done() >= plan.steps();
  }

  /** Steps of each replica so far. */
  int done() {
    return network.getNetwork().getIterationCount();
  }

  int round() {
    return round;
  }

  long samples() {
    return samples;
  }

  double epoch() {
    return plan.epoch(done());
  }

  TrainingPlan plan() {
    return plan;
  }

  TrainingData data() {
    return data;
  }

  EncoderSpec encoder() {
    return spec.encoder();
  }

  /** Learning rate of the last step. */
  double learningRate() {
    return spec.optimizer().rate().valueAt(Math.max(0, done() - 1), 0);
  }

  /** Runs one round; if it fails, the state is what it was. */
  Round step() {
    int before = done();
    int steps = plan.localSteps(before);
    int replicas = config.replication().replicas();
    List<Integer> numbers = IntStream.range(0, replicas).boxed().toList();
    Broadcast<NegativeBank> bank = banks.draw(round + 1);
    try {
      JavaRDD<MultiDataSet> batches =
          spark
              .parallelize(numbers, replicas)
              .mapPartitionsWithIndex(
                  new MinibatchTask(broadcast, bank, replicas, before, steps), true);
      network.fitMultiDataSet(batches);
    } finally {
      bank.destroy();
    }
    round++;
    samples += (long) steps * replicas * data.samples();
    average.ifPresent(
        a -> a.add(ReplicaState.of(network.getNetwork()).parameters(), steps, before));
    return master.lastRound();
  }

  /** What later stages use of the present state. */
  Checkpoint model(String folder, double score, int stale) {
    ComputationGraph graph = network.getNetwork();
    float[] weights =
        average.map(WeightAverage::values).orElseGet(() -> ReplicaState.of(graph).parameters());
    return Checkpoint.of(
        folder, state(score, stale), TrainedParts.of(graph, weights), config.loss().maximalScale());
  }

  /** All that the next round depends on. */
  Resumable resumable(double score, int stale) {
    return new Resumable(
        state(score, stale),
        master.shared(network.getNetwork()),
        average.map(WeightAverage::values),
        master.state());
  }

  private TrainingState state(double score, int stale) {
    return new TrainingState(
        config.fingerprint(manifest.id()),
        manifest.id(),
        teacher.id(),
        teacher.kind(),
        config.seed(),
        round,
        done(),
        plan.batches(done()),
        samples,
        epoch(),
        score,
        stale,
        average.isPresent(),
        EncoderSpecs.toMap(spec.encoder()),
        config.draw().measuredPoints());
  }

  @Override
  public void close() {
    master.close();
    broadcast.destroy();
  }
}
