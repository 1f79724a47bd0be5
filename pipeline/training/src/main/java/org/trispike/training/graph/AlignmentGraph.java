package org.trispike.training.graph;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.trispike.kernels.KeyedRandom;
import org.trispike.training.averaging.NdArrays;

/**
 * The DL4J graph of pretraining:
 *
 * <pre>
 *   points, offsets ── encoder ──────────┐
 *   text ── text_projection ─────────────┼── alignment ── loss
 *   image ── image_projection ───────────┤
 *   text, image, meta ───────────────────┘
 * </pre>
 *
 * The first input, meta [B, 2], says what samples have (text, image) and, by its rows, how many
 * they are: DL4J divides gradients by that. Text and image may have more rows, those of a bank: the
 * projections learn from them as from the samples'.
 */
public final class AlignmentGraph {
  /** Names of the vertices. */
  public static final String ENCODER = "encoder";

  public static final String TEXT = "text_projection";
  public static final String IMAGE = "image_projection";
  public static final String ALIGNMENT = "alignment";

  private AlignmentGraph() {}

  /** The graph's configuration. */
  public static ComputationGraphConfiguration configuration(GraphSpec spec) {
    OptimizerSpec optimizer = spec.optimizer();
    FusedAdam adam =
        new FusedAdam(optimizer.rate(), optimizer.beta1(), optimizer.beta2(), optimizer.epsilon());
    NeuralNetConfiguration.Builder builder =
        new NeuralNetConfiguration.Builder()
            .seed(spec.seed())
            .dataType(DataType.FLOAT)
            .updater(adam);
    double decay = optimizer.weightDecay();
    int width = spec.encoder().outputWidth();
    return builder
        .graphBuilder()
        .addInputs("meta", "points", "offsets", "text", "image")
        .addVertex(
            ENCODER,
            new EncoderVertex(
                EncoderSpecs.toJson(spec.encoder()),
                decay,
                spec.device(),
                spec.threads(),
                spec.seed()),
            "points",
            "offsets")
        .addLayer(TEXT, new Projection(spec.teacherWidth(), width, decay), "text")
        .addLayer(IMAGE, new Projection(spec.teacherWidth(), width, decay), "image")
        .addVertex(
            ALIGNMENT,
            new AlignmentVertex(spec.alignment()),
            ENCODER,
            TEXT,
            IMAGE,
            "text",
            "image",
            "meta")
        .addLayer(
            "loss",
            new LossLayer.Builder(new SumLoss()).activation(Activation.IDENTITY).build(),
            ALIGNMENT)
        .setOutputs("loss")
        .build();
  }

  /** A graph with initial parameters that are a pure function of the seed. */
  public static ComputationGraph create(GraphSpec spec) {
    ComputationGraph graph = new ComputationGraph(configuration(spec));
    graph.init();
    startProjection(graph, TEXT, spec, 1);
    startProjection(graph, IMAGE, spec, 2);
    return graph;
  }

  private static void startProjection(
      ComputationGraph graph, String layer, GraphSpec spec, long which) {
    int in = spec.teacherWidth();
    int out = spec.encoder().outputWidth();
    KeyedRandom random = KeyedRandom.of(spec.seed(), KeyedRandom.hash(layer), which);
    double bound = 1 / Math.sqrt(in);
    float[] weight = new float[in * out];
    float[] bias = new float[out];
    for (int i = 0; i < weight.length; i++) {
      boolean diagonal = i / in == i % in;
      weight[i] =
          spec.start() == ProjectionStart.RANDOM ? random.uniform(-bound, bound) : diagonal ? 1 : 0;
    }
    for (int i = 0; i < out; i++) {
      bias[i] = spec.start() == ProjectionStart.RANDOM ? random.uniform(-bound, bound) : 0;
    }
    NdArrays.write(weight, transposed(graph.getLayer(layer).getParam("W")));
    NdArrays.write(bias, graph.getLayer(layer).getParam("b"));
  }

  /** A projection's weight as [C, d]: DL4J keeps [d, C] column by column, which is the same. */
  static INDArray transposed(INDArray weight) {
    return weight.transpose();
  }
}
