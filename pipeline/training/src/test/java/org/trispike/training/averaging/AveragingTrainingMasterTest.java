package org.trispike.training.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.Neuron;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.VoxelSpec;
import org.trispike.spiking.Activation;
import org.trispike.spiking.EncoderSpec;
import org.trispike.training.align.AlignmentSpec;
import org.trispike.training.draw.Minibatch;
import org.trispike.training.graph.AlignmentGraph;
import org.trispike.training.graph.GraphSpec;
import org.trispike.training.graph.OptimizerSpec;
import org.trispike.training.graph.ProjectionStart;
import org.trispike.training.graph.WarmupCosine;

/** Rounds on Spark against the same rounds by hand, bit for bit. */
final class AveragingTrainingMasterTest {
  private static final int REPLICAS = 3;
  private static final int STEPS = 2;
  private static final int ROUNDS = 3;
  private static final int WIDTH = 6;

  private SparkSession spark;

  @AfterEach
  void end() {
    spark.stop();
  }

  private static GraphSpec spec() {
    VoxelSpec voxels = new VoxelSpec(0.2f, VoxelSpec.Origin.PER_SAMPLE, VoxelSpec.Duplicates.MEAN);
    return new GraphSpec(
        new EncoderSpec("e3dsnn-t", WIDTH, Activation.SPIKING, Neuron.svl(4), 1, voxels),
        WIDTH,
        ProjectionStart.RANDOM,
        AlignmentSpec.standard(),
        // A rate that changes each step shows whether counts go on from round to round.
        new OptimizerSpec(new WarmupCosine(1e-4, 1e-2, 1e-5, 2, 12), 0.9, 0.98, 1e-8, 1e-2),
        1,
        5);
  }

  private static MultiDataSet minibatch(int round, int replica, int step) {
    int samples = 4;
    int points = 60;
    KeyedRandom random = KeyedRandom.of(round, replica, step);
    int[] offsets = new int[samples + 1];
    for (int s = 0; s <= samples; s++) {
      offsets[s] = s * points;
    }
    float[] has = new float[2 * samples];
    Arrays.fill(has, 1);
    return new Minibatch(
            new PointBatch(
                offsets,
                values(random, 3 * samples * points),
                values(random, 3 * samples * points)),
            values(random, samples * WIDTH),
            values(random, samples * WIDTH),
            has)
        .toMultiDataSet();
  }

  private static float[] values(KeyedRandom random, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.uniform(-0.5, 0.5);
    }
    return values;
  }

  private static Iterator<MultiDataSet> minibatches(int round, int replica) {
    List<MultiDataSet> all = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      all.add(minibatch(round, replica, step));
    }
    return all.iterator();
  }

  @ParameterizedTest
  @CsvSource({
    "local[1], DRIVER, AVERAGE",
    "local[2], DRIVER, AVERAGE",
    "local[2], SHUFFLE, AVERAGE",
    "local[2], DRIVER, KEEP",
    "local[2], SHUFFLE, KEEP",
    "local[2], DRIVER, RESET",
    "local[2], SHUFFLE, RESET"
  })
  void aRoundIsTheMeanOfReplicasThatStartedFromTheSameState(
      String master, Through through, Moments moments) throws Exception {
    ReplicaState expected = byHand(moments);
    spark =
        SparkSession.builder()
            .master(master)
            .appName("averaging")
            .config("spark.ui.enabled", false)
            .getOrCreate();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    AveragingSpec averages = new AveragingSpec(through, 0, moments, Statistics.AVERAGE, 1, 0);
    try (AveragingTrainingMaster averaging =
        new AveragingTrainingMaster(context, REPLICAS, averages)) {
      SparkComputationGraph network =
          new SparkComputationGraph(context, AlignmentGraph.create(spec()), averaging);
      for (int round = 0; round < ROUNDS; round++) {
        int now = round;
        JavaRDD<MultiDataSet> data =
            context
                .parallelize(List.of(0, 1, 2), REPLICAS)
                .mapPartitionsWithIndex((replica, none) -> minibatches(now, replica), true);
        network.fitMultiDataSet(data);
        Round told = averaging.lastRound();
        assertThat(told.steps()).isEqualTo(STEPS);
        assertThat(told.figures().sum("samples")).isEqualTo(REPLICAS * STEPS * 4);
      }
      ReplicaState found = averaging.shared(network.getNetwork());
      assertThat(found.iterations()).isEqualTo(ROUNDS * STEPS).isEqualTo(expected.iterations());
      assertThat(found.parameters()).isEqualTo(expected.parameters());
      assertThat(found.updater()).isEqualTo(expected.updater());
    }
  }

  private static ReplicaState byHand(Moments moments) {
    ComputationGraph graph = AlignmentGraph.create(spec());
    ReplicaState state = ReplicaState.of(graph);
    float[] zeros = new float[state.updater().length];
    List<float[]> own = new ArrayList<>(List.of(zeros, zeros, zeros));
    for (int round = 0; round < ROUNDS; round++) {
      List<ReplicaState> ends = new ArrayList<>();
      for (int replica = 0; replica < REPLICAS; replica++) {
        state.into(graph);
        if (moments != Moments.AVERAGE) {
          NdArrays.write(own.get(replica), graph.getUpdater().getStateViewArray());
        }
        for (int step = 0; step < STEPS; step++) {
          graph.fit(minibatch(round, replica, step));
        }
        ends.add(ReplicaState.of(graph));
        if (moments == Moments.KEEP) {
          own.set(replica, ends.get(replica).updater());
        }
      }
      state =
          new ReplicaState(
              mean(ends.stream().map(ReplicaState::parameters).toList()),
              moments == Moments.AVERAGE
                  ? mean(ends.stream().map(ReplicaState::updater).toList())
                  : new float[0],
              ends.get(0).iterations(),
              ends.get(0).epochs());
    }
    return state;
  }

  private static float[] mean(List<float[]> arrays) {
    float[] mean = new float[arrays.get(0).length];
    for (int i = 0; i < mean.length; i++) {
      double sum = 0;
      for (float[] array : arrays) {
        sum += array[i];
      }
      mean[i] = (float) (sum / arrays.size());
    }
    return mean;
  }
}
