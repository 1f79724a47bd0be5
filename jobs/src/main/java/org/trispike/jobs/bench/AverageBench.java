package org.trispike.jobs.bench;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;
import org.trispike.datasets.UserError;
import org.trispike.kernels.KeyedRandom;
import org.trispike.training.averaging.AveragingSpec;
import org.trispike.training.averaging.AveragingTrainingMaster;
import org.trispike.training.averaging.Moments;
import org.trispike.training.averaging.Round;
import org.trispike.training.averaging.Statistics;
import org.trispike.training.averaging.Through;

/**
 * Rounds of one cheap step, of a linear map with Adam: what they take beyond the step is the time
 * of broadcast, collection and averages. Driver and shuffle take turns.
 */
final class AverageBench {
  private static final int OUT = 1000;
  private static final String IN = "in";
  private static final int CORES = 2;
  private static final int FEWEST_ROUNDS = 3;
  private static final List<Integer> REPLICAS = List.of(2, 4);

  private final PrintStream out;
  private final Benchmarks.Options options;

  private AverageBench(PrintStream out, Benchmarks.Options options) {
    this.out = out;
    this.options = options;
  }

  static void run(PrintStream out, Benchmarks.Options options) {
    new AverageBench(out, options).run();
  }

  private void run() {
    try (SparkSession session = session(options.executors())) {
      JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
      print(
          "Seconds of a round's averaging on %s, best / median and spread: state with Adam's"
              + " moments, there and back",
          spark.master());
      print("%12s %8s %3s   %-30s %-30s", "parameters", "state MB", "W", "driver", "shuffle");
      for (double millions : options.millions()) {
        for (int replicas : REPLICAS) {
          line(spark, millions, replicas);
        }
      }
    }
  }

  private void line(JavaSparkContext spark, double millions, int replicas) {
    int in = (int) Math.max(1, Math.round(millions * 1e6 / OUT) - 1);
    List<List<Double>> seconds = List.of(new ArrayList<>(), new ArrayList<>());
    ComputationGraph graph = graph(in);
    try (Rounds driver = new Rounds(spark, graph, replicas, Through.DRIVER);
        Rounds shuffle = new Rounds(spark, graph, replicas, Through.SHUFFLE)) {
      List<Rounds> both = List.of(driver, shuffle);
      both.forEach(Rounds::round);
      long end = System.nanoTime() + (long) (2e9 * options.seconds());
      do {
        for (int i = 0; i < both.size(); i++) {
          seconds.get(i).add(both.get(i).round());
        }
      } while (seconds.get(0).size() < FEWEST_ROUNDS || System.nanoTime() < end);
    }
    long parameters = (in + 1L) * OUT;
    print(
        "%,12d %8.1f %3d   %-30s %-30s",
        parameters,
        3 * Float.BYTES * parameters / 1e6,
        replicas,
        text(seconds.get(0)),
        text(seconds.get(1)));
  }

  private static String text(List<Double> seconds) {
    Timing timing = Timing.of(seconds.stream().mapToDouble(Double::doubleValue).toArray());
    return String.format(
        Locale.ROOT, "%.3f / %.3f s   %3.0f %%", timing.best(), timing.median(), timing.spread());
  }

  private void print(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
  }

  private static SparkSession session(int executors) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName("bench average")
            .config("spark.ui.enabled", false)
            .config("spark.ui.showConsoleProgress", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.maxResultSize", 0);
    if (executors == 0) {
      return builder.master("local[" + CORES + "]").getOrCreate();
    }
    // Workers of a local cluster look for this folder before they use the class path given here.
    String home = System.getenv("SPARK_HOME");
    if (home == null || !Files.isDirectory(Path.of(home, "jars"))) {
      throw UserError.environment(
          "--executors needs SPARK_HOME to name a Spark 3.5 installation; nothing was measured",
          null);
    }
    long megabytes = Runtime.getRuntime().maxMemory() / executors >> 20;
    String modules =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> argument.startsWith("--add-"))
            .collect(Collectors.joining(" "));
    return builder
        .master("local-cluster[" + executors + ",1," + megabytes + "]")
        .config("spark.executor.memory", megabytes + "m")
        .config("spark.executorEnv.SPARK_SCALA_VERSION", "2.12")
        .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        .config("spark.executor.extraJavaOptions", modules)
        .getOrCreate();
  }

  private static ComputationGraph graph(int in) {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.FLOAT)
                .updater(new Adam(1e-3))
                .graphBuilder()
                .addInputs(IN)
                .addLayer(
                    "out",
                    new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                        .nIn(in)
                        .nOut(OUT)
                        .activation(Activation.IDENTITY)
                        .build(),
                    IN)
                .setOutputs("out")
                .build());
    graph.init();
    return graph;
  }

  /** Rounds of a network, which both ways share: a second one would be in the way of large ones. */
  private static final class Rounds implements AutoCloseable {
    private final JavaSparkContext spark;
    private final int in;
    private final int replicas;
    private final AveragingTrainingMaster master;
    private final SparkComputationGraph network;

    Rounds(JavaSparkContext spark, ComputationGraph graph, int replicas, Through through) {
      this.spark = spark;
      this.in = Math.toIntExact(graph.layerInputSize("out"));
      this.replicas = replicas;
      master =
          new AveragingTrainingMaster(
              spark,
              replicas,
              new AveragingSpec(through, 0, Moments.AVERAGE, Statistics.AVERAGE, 1, 0));
      network = new SparkComputationGraph(spark, graph, master);
    }

    private static MultiDataSet batch(int in, int replica) {
      KeyedRandom random = KeyedRandom.of(in, replica);
      return new org.nd4j.linalg.dataset.MultiDataSet(
          new INDArray[] {row(random, in)}, new INDArray[] {row(random, OUT)});
    }

    /** Random, since zeros and ones would make a state that shrinks on its way. */
    private static INDArray row(KeyedRandom random, int columns) {
      float[] values = new float[columns];
      for (int i = 0; i < columns; i++) {
        values[i] = (float) random.nextGaussian();
      }
      return Nd4j.create(values, new int[] {1, columns});
    }

    /** Seconds of a round beyond its steps, which share the cores. */
    double round() {
      int inputs = in;
      network.fitMultiDataSet(
          spark
              .parallelize(IntStream.range(0, replicas).boxed().toList(), replicas)
              .mapPartitionsWithIndex(
                  (replica, none) -> List.of(batch(inputs, replica)).iterator(), true));
      Round round = master.lastRound();
      double steps = (round.figures().sum("nanos.fit") + round.figures().sum("nanos.read")) * 1e-9;
      return round.seconds() - steps / Math.min(replicas, spark.defaultParallelism());
    }

    @Override
    public void close() {
      master.close();
    }
  }
}
