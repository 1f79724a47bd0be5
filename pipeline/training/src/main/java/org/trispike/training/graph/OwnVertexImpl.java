package org.trispike.training.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** What hand-written vertices have in common: named views of their parameters and gradients. */
abstract class OwnVertexImpl extends BaseGraphVertex {
  private static final long serialVersionUID = 1L;

  private final OwnVertex configuration;
  private final INDArray flatParams;
  private final Map<String, INDArray> paramTable;
  private INDArray flatGradients;
  private Map<String, INDArray> gradientTable;

  OwnVertexImpl(
      OwnVertex configuration,
      ComputationGraph graph,
      String name,
      int index,
      INDArray paramsView,
      boolean initialize,
      DataType type) {
    super(graph, name, index, null, null, type);
    this.configuration = configuration;
    this.flatParams = paramsView.reshape(paramsView.length());
    this.paramTable = table(flatParams);
    if (initialize) {
      configuration.initializeParameters(paramTable);
    }
  }

  private Map<String, INDArray> table(INDArray flat) {
    Map<String, INDArray> table = new LinkedHashMap<>();
    long at = 0;
    var params = configuration.getVertexParams();
    for (String key : params.getParameterKeys()) {
      long size = 1;
      for (long extent : params.getParamShapes().get(key)) {
        size *= extent;
      }
      table.put(key, flat.get(NDArrayIndex.interval(at, at + size)));
      at += size;
    }
    return table;
  }

  /** All parameters, one after the other. */
  final INDArray flatParams() {
    return flatParams;
  }

  /** Their gradients, in the same order. */
  final INDArray flatGradients() {
    return flatGradients;
  }

  /** The gradients as DL4J collects them. */
  final Gradient gradient() {
    Gradient gradient = new DefaultGradient();
    gradientTable.forEach(gradient::setGradientFor);
    return gradient;
  }

  @Override
  public void setBackpropGradientsViewArray(INDArray view) {
    flatGradients = view.reshape(view.length());
    gradientTable = table(flatGradients);
  }

  @Override
  public Map<String, INDArray> paramTable(boolean backpropOnly) {
    return paramTable;
  }

  @Override
  public TrainingConfig getConfig() {
    return configuration;
  }

  @Override
  public INDArray params() {
    return flatParams;
  }

  @Override
  public INDArray getGradientsViewArray() {
    return flatGradients;
  }

  @Override
  public boolean hasLayer() {
    return false;
  }

  @Override
  public Layer getLayer() {
    return null;
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int minibatchSize) {
    return Pair.of(null, state);
  }

  @Override
  public String toString() {
    return getClass().getSimpleName() + " " + getVertexName();
  }

  @Override
  public final boolean equals(Object other) {
    return this == other;
  }

  @Override
  public final int hashCode() {
    return System.identityHashCode(this);
  }
}
