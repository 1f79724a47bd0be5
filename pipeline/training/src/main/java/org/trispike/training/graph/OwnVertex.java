package org.trispike.training.graph;

import java.util.Map;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffVertex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The configuration of a vertex whose two passes are written by hand. SameDiffVertex brings what a
 * vertex with parameters needs (updaters, decay, JSON); its own network is never built.
 */
abstract class OwnVertex extends SameDiffVertex {
  private static final long serialVersionUID = 1L;

  /** A new vertex with the same settings of its own. */
  abstract OwnVertex fresh();

  /** What tells one vertex of the class from another. */
  abstract String identity();

  @Override
  public final SDVariable defineVertex(
      SameDiff sameDiff,
      Map<String, SDVariable> inputs,
      Map<String, SDVariable> params,
      Map<String, SDVariable> masks) {
    throw new UnsupportedOperationException("The passes of " + getClass() + " are its own");
  }

  @Override
  public final OwnVertex clone() {
    OwnVertex copy = fresh();
    copy.setName(getName());
    copy.regularization = regularization;
    copy.regularizationBias = regularizationBias;
    copy.updater = updater == null ? null : updater.clone();
    copy.biasUpdater = biasUpdater == null ? null : biasUpdater.clone();
    copy.gradientNormalization = gradientNormalization;
    copy.gradientNormalizationThreshold = gradientNormalizationThreshold;
    copy.dataType = dataType;
    return copy;
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof OwnVertex vertex
        && vertex.getClass() == getClass()
        && vertex.identity().equals(identity());
  }

  @Override
  public final int hashCode() {
    return identity().hashCode();
  }
}
