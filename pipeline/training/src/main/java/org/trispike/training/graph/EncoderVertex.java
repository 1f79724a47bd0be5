package org.trispike.training.graph;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.layers.samediff.SDVertexParams;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.trispike.spiking.Encoders;
import org.trispike.spiking.ParameterLayout;
import org.trispike.spiking.Role;
import org.trispike.training.averaging.NdArrays;
import org.trispike.training.device.Device;

/**
 * A whole spiking encoder as one vertex of a DL4J graph. Inputs: points [P, 6] (x, y, z, r, g, b)
 * and offsets [B + 1]; output [B, C].
 *
 * <p>Its parameters are {@code weights} (with weight decay), {@code biases} (without) and {@code
 * statistics} of norms, which no updater touches: their gradient is old − new, and it is not
 * divided by the size of the batch.
 */
public final class EncoderVertex extends OwnVertex {
  private static final long serialVersionUID = 1L;
  static final String WEIGHTS = "weights";
  static final String BIASES = "biases";
  static final String STATISTICS = "statistics";

  @JsonProperty private String encoder;
  @JsonProperty private double decay;
  @JsonProperty private Device.Kind device;
  @JsonProperty private int threads;
  @JsonProperty private long seed;

  /** For DL4J, which fills the fields from JSON. */
  public EncoderVertex() {}

  /**
   * @param encoder JSON of the specification
   * @param decay of its weights, times the learning rate
   * @param device what the encoder's compute is on
   * @param threads that it uses
   * @param seed of the initial parameters
   */
  EncoderVertex(String encoder, double decay, Device.Kind device, int threads, long seed) {
    this.encoder = Objects.requireNonNull(encoder);
    this.decay = decay;
    this.regularization = decay > 0 ? List.of(new WeightDecay(decay, true)) : List.of();
    this.device = Objects.requireNonNull(device);
    this.threads = threads;
    this.seed = seed;
  }

  @Override
  public void defineParametersAndInputs(SDVertexParams params) {
    ParameterLayout layout = Encoders.create(EncoderSpecs.parse(encoder)).layout();
    params.defineInputs("points", "offsets");
    params.addWeightParam(WEIGHTS, layout.size(Role.WEIGHT));
    params.addBiasParam(BIASES, layout.size(Role.BIAS));
    params.addBiasParam(STATISTICS, layout.size(Role.STATISTIC));
  }

  @Override
  public void initializeParameters(Map<String, INDArray> params) {
    ParameterLayout layout = Encoders.create(EncoderSpecs.parse(encoder)).layout();
    float[] flat = new float[layout.size()];
    Encoders.create(EncoderSpecs.parse(encoder)).initialize(flat, seed);
    copy(flat, layout.start(Role.WEIGHT), params.get(WEIGHTS));
    copy(flat, layout.start(Role.BIAS), params.get(BIASES));
    copy(flat, layout.start(Role.STATISTIC), params.get(STATISTICS));
  }

  private static void copy(float[] flat, int from, INDArray target) {
    int length = Math.toIntExact(target.length());
    NdArrays.write(java.util.Arrays.copyOfRange(flat, from, from + length), target);
  }

  @Override
  public IUpdater getUpdaterByParam(String paramName) {
    return paramName.equals(STATISTICS) ? new NoOp() : super.getUpdaterByParam(paramName);
  }

  @Override
  public GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray paramsView,
      boolean initializeParams,
      DataType type) {
    setName(name);
    return new EncoderVertexImpl(
        this, graph, name, index, paramsView, initializeParams, type, encoder, device, threads);
  }

  @Override
  OwnVertex fresh() {
    return new EncoderVertex(encoder, decay, device, threads, seed);
  }

  @Override
  String identity() {
    return encoder + decay + "/" + device + "/" + threads + "/" + seed;
  }
}
