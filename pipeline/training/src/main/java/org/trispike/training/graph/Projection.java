package org.trispike.training.graph;

import java.util.Collection;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/**
 * A linear layer with biases that sees an input of the graph: DL4J's dense layer, without what
 * nobody asks for. See {@link ProjectionImpl}.
 */
public final class Projection extends DenseLayer {
  private static final long serialVersionUID = 1L;

  /** For DL4J, which fills the fields from JSON. */
  public Projection() {}

  /**
   * @param decay of its weights, times the learning rate
   */
  Projection(int in, int out, double decay) {
    setNIn(in);
    setNOut(out);
    setHasBias(true);
    setActivationFn(Activation.IDENTITY.getActivationFunction());
    if (decay > 0) {
      // Not set for the whole graph: DL4J 1.0.0-M2.1 would decay the weights of layers twice.
      setRegularization(List.of(new WeightDecay(decay, true)));
    }
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray params,
      boolean initialize,
      DataType type) {
    ProjectionImpl layer = new ProjectionImpl(conf, type);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(params);
    layer.setParamTable(initializer().init(conf, params, initialize));
    layer.setConf(conf);
    return layer;
  }
}
