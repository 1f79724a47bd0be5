package org.trispike.training.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Many rounds of a tiny network, after which this JVM holds no more than after some. */
final class SoakTest {
  private static final int REPLICAS = 2;
  private static final int IN = 200;
  private static final int OUT = 100;

  /** Of the heap, a round. */
  private static final double SLOPE = 0.001;

  private static JavaSparkContext spark;

  @BeforeAll
  static void begin() {
    SparkSession session =
        SparkSession.builder()
            .master("local[2]")
            .appName("soak")
            .config("spark.ui.enabled", false)
            .getOrCreate();
    spark = JavaSparkContext.fromSparkContext(session.sparkContext());
  }

  @AfterAll
  static void end() {
    spark.stop();
  }

  private static ComputationGraph graph() {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.FLOAT)
                .updater(new Adam(1e-3))
                .graphBuilder()
                .addInputs("in")
                .addLayer(
                    "out",
                    new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                        .nIn(IN)
                        .nOut(OUT)
                        .activation(Activation.IDENTITY)
                        .build(),
                    "in")
                .setOutputs("out")
                .build());
    graph.init();
    return graph;
  }

  private static MultiDataSet batch() {
    return new org.nd4j.linalg.dataset.MultiDataSet(
        new INDArray[] {Nd4j.ones(DataType.FLOAT, 4, IN)},
        new INDArray[] {Nd4j.ones(DataType.FLOAT, 4, OUT)});
  }

  @ParameterizedTest
  @CsvSource({"DRIVER, AVERAGE", "SHUFFLE, KEEP"})
  void someRoundsLeaveNothingBehind(Through through, Moments moments) throws Exception {
    soak(through, moments, 60);
  }

  @Tag("chaos")
  @ParameterizedTest
  @CsvSource({"DRIVER, AVERAGE", "DRIVER, KEEP", "SHUFFLE, AVERAGE", "SHUFFLE, KEEP"})
  void manyRoundsLeaveNothingBehind(Through through, Moments moments) throws Exception {
    soak(through, moments, 500);
  }

  private static void soak(Through through, Moments moments, int rounds) throws Exception {
    AveragingSpec spec = new AveragingSpec(through, 0, moments, Statistics.MERGE, 0.7, 0.9);
    try (AveragingTrainingMaster master = new AveragingTrainingMaster(spark, REPLICAS, spec)) {
      SparkComputationGraph network = new SparkComputationGraph(spark, graph(), master);
      run(network, 20);
      Footprint before = Footprint.settled(0);
      run(network, rounds);
      Footprint after = Footprint.settled(before.broadcasts);
      assertThat(after.broadcasts).isLessThanOrEqualTo(before.broadcasts);
      // Idle threads of Spark's pools come and go.
      assertThat(after.threads).isLessThanOrEqualTo(before.threads + 8);
      assertThat(after.offHeap).isLessThanOrEqualTo(before.offHeap + (1 << 20));
      assertThat((after.heap - before.heap) / (double) rounds)
          .as("bytes of heap that a round leaves, of %d", before.heap)
          .isLessThan(SLOPE * before.heap);
    }
  }

  private static void run(SparkComputationGraph network, int rounds) {
    for (int round = 0; round < rounds; round++) {
      JavaRDD<MultiDataSet> data =
          spark
              .parallelize(IntStream.range(0, REPLICAS).boxed().toList(), REPLICAS)
              .mapPartitionsWithIndex((w, none) -> List.of(batch(), batch()).iterator(), true);
      network.fitMultiDataSet(data);
    }
  }

  /**
   * What the JVM holds.
   *
   * @param broadcasts blocks of them in memory or on disk
   * @param offHeap bytes that ND4J has outside the heap
   */
  private record Footprint(int broadcasts, int threads, long heap, long offHeap) {

    /** After collections of garbage, as Spark frees the broadcasts of its own tasks by them. */
    static Footprint settled(int broadcasts) throws InterruptedException {
      Footprint now = now();
      for (int i = 0; i < 3 || i < 50 && now.broadcasts > broadcasts; i++) {
        System.gc();
        Thread.sleep(100);
        now = now();
      }
      return now;
    }

    private static Footprint now() {
      return new Footprint(
          SparkEnv.get().blockManager().getMatchingBlockIds(id -> (Object) id.isBroadcast()).size(),
          ManagementFactory.getThreadMXBean().getThreadCount(),
          ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
          Pointer.totalBytes());
    }
  }
}
