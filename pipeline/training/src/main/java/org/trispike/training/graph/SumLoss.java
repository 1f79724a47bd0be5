package org.trispike.training.graph;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** The sum of its inputs: the end of a graph whose losses are computed by a vertex. */
public final class SumLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;

  /** For DL4J, which makes it from JSON. */
  public SumLoss() {}

  @Override
  public String name() {
    return "sum";
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray output, IActivation activation, INDArray mask, boolean average) {
    double sum = output.sumNumber().doubleValue();
    return average ? sum / output.size(0) : sum;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray output, IActivation activation, INDArray mask) {
    return output.sum(true, 1);
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray output, IActivation activation, INDArray mask) {
    return output.ulike().assign(1);
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray output, IActivation activation, INDArray mask, boolean average) {
    return Pair.of(
        computeScore(labels, output, activation, mask, average),
        computeGradient(labels, output, activation, mask));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SumLoss;
  }

  @Override
  public int hashCode() {
    return 1;
  }
}
