package org.trispike.training.graph;

import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.trispike.training.align.AlignmentBatch;
import org.trispike.training.align.AlignmentLoss;
import org.trispike.training.align.AlignmentSpec;
import org.trispike.training.averaging.Figures;
import org.trispike.training.averaging.NdArrays;
import org.trispike.training.averaging.Observed;

/** Computes loss and gradients at once in the forward pass, and hands the gradients back later. */
final class AlignmentVertexImpl extends OwnVertexImpl implements Observed {
  private static final long serialVersionUID = 1L;

  private final transient AlignmentSpec spec;
  private transient AlignmentLoss loss;
  private transient long nanos;

  AlignmentVertexImpl(
      AlignmentVertex configuration,
      ComputationGraph graph,
      String name,
      int index,
      INDArray paramsView,
      boolean initialize,
      DataType type,
      AlignmentSpec spec) {
    super(configuration, graph, name, index, paramsView, initialize, type);
    this.spec = spec;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    long begin = System.nanoTime();
    int samples = Math.toIntExact(inputs[0].size(0));
    double[] has = NdArrays.doubles(inputs[5]);
    boolean[] text = new boolean[samples];
    boolean[] image = new boolean[samples];
    for (int i = 0; i < samples; i++) {
      text[i] = has[2 * i] != 0;
      image[i] = has[2 * i + 1] != 0;
    }
    AlignmentBatch batch =
        new AlignmentBatch(
            samples,
            Math.toIntExact(inputs[0].size(1)),
            NdArrays.doubles(inputs[0]),
            NdArrays.doubles(inputs[1]),
            NdArrays.doubles(inputs[2]),
            text,
            image,
            NdArrays.doubles(inputs[3]),
            NdArrays.doubles(inputs[4]));
    loss = AlignmentLoss.of(spec, batch, NdArrays.doubles(flatParams())[0]);
    INDArray result =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, dataType, new long[] {samples, 1}, 'c');
    NdArrays.write(loss.perExample(), result);
    nanos = System.nanoTime() - begin;
    return result;
  }

  /** The losses are summed by the layer behind, so each example's epsilon is 1. */
  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
    NdArrays.write(new double[] {loss.logScaleGradient()}, flatGradients());
    INDArray[] gradients = {
      back(loss.pointGradient(), 0, workspaces),
      back(loss.textGradient(), 1, workspaces),
      back(loss.imageGradient(), 2, workspaces),
      null,
      null,
      null
    };
    return Pair.of(gradient(), gradients);
  }

  private INDArray back(double[] values, int input, LayerWorkspaceMgr workspaces) {
    INDArray array =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, dataType, inputs[input].shape(), 'c');
    NdArrays.write(values, array);
    return array;
  }

  @Override
  public void watch(boolean closely) {}

  @Override
  public void report(Figures figures) {
    double sum = 0;
    for (double value : loss.perExample()) {
      sum += value;
    }
    figures.add("loss", sum / loss.perExample().length);
    figures.add("loss.text", loss.textLoss());
    figures.add("loss.image", loss.imageLoss());
    figures.add("loss.mse", loss.mseLoss());
    figures.add("accuracy.text", loss.textAccuracy());
    figures.add("accuracy.image", loss.imageAccuracy());
    figures.add("logit-scale", loss.scale());
    figures.add("nanos.loss", nanos);
  }
}
