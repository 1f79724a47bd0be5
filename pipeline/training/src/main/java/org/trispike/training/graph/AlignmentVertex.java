package org.trispike.training.graph;

import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.layers.samediff.SDVertexParams;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.trispike.kernels.io.Json;
import org.trispike.training.align.AlignmentSpec;
import org.trispike.training.averaging.NdArrays;

/**
 * The alignment loss as a vertex. Inputs: points [B, C], projected texts [B + Mt, C], projected
 * images [B + Mv, C], the teacher's texts [B + Mt, d] and images [B + Mv, d], and what samples have
 * [B, 2] (text, image; 0 or 1); output: the loss of each sample [B, 1]. The rows behind those of
 * the samples are the bank's. Its parameter is {@code logscale}, θ = ln σ, without decay.
 */
public final class AlignmentVertex extends OwnVertex {
  private static final long serialVersionUID = 1L;
  static final String LOG_SCALE = "logscale";

  @JsonProperty private String alignment;

  /** For DL4J, which fills the fields from JSON. */
  public AlignmentVertex() {}

  AlignmentVertex(AlignmentSpec spec) {
    this(Json.writeCompact(spec.toMap()));
  }

  private AlignmentVertex(String alignment) {
    this.alignment = Objects.requireNonNull(alignment);
  }

  private AlignmentSpec spec() {
    return AlignmentSpec.of(EncoderSpecs.parseMap(alignment));
  }

  @Override
  public void defineParametersAndInputs(SDVertexParams params) {
    // Inputs without a gradient come last: DL4J counts only the others.
    params.defineInputs("points", "texts", "images", "teacherTexts", "teacherImages", "has");
    params.addBiasParam(LOG_SCALE, 1);
  }

  @Override
  public void initializeParameters(Map<String, INDArray> params) {
    NdArrays.write(new double[] {spec().initialLogScale()}, params.get(LOG_SCALE));
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
    return new AlignmentVertexImpl(
        this, graph, name, index, paramsView, initializeParams, type, spec());
  }

  @Override
  OwnVertex fresh() {
    return new AlignmentVertex(alignment);
  }

  @Override
  String identity() {
    return alignment;
  }
}
