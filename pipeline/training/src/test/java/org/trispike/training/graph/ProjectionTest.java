package org.trispike.training.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.trispike.kernels.KeyedRandom;

/** Beside the dense layer of DL4J that it does less than. */
final class ProjectionTest {
  private static final int IN = 7;
  private static final int OUT = 5;
  private static final double DECAY = 0.1;

  private static ComputationGraph graph(Layer layer) {
    ComputationGraphConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .updater(new Adam(1e-2))
            .graphBuilder()
            .addInputs("in")
            .addLayer("layer", layer, "in")
            .addLayer(
                "loss",
                new LossLayer.Builder(LossFunction.MSE).activation(Activation.IDENTITY).build(),
                "layer")
            .setOutputs("loss")
            .build();
    ComputationGraph graph =
        new ComputationGraph(ComputationGraphConfiguration.fromJson(configuration.toJson()));
    graph.init();
    return graph;
  }

  private static INDArray drawn(int key, int rows, int columns) {
    KeyedRandom random = KeyedRandom.of(key);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return Nd4j.create(values, new int[] {rows, columns});
  }

  @Test
  void itLearnsWhatTheDenseLayerLearns() {
    ComputationGraph ours = graph(new Projection(IN, OUT, DECAY));
    ComputationGraph dense =
        graph(
            new DenseLayer.Builder()
                .nIn(IN)
                .nOut(OUT)
                .activation(Activation.IDENTITY)
                .weightDecay(DECAY, true)
                .build());
    assertThat(ours.params()).isEqualTo(dense.params());
    INDArray start = ours.params().dup();
    for (int step = 0; step < 5; step++) {
      DataSet batch = new DataSet(drawn(step, 4, IN), drawn(step + 100, 4, OUT));
      ours.fit(batch);
      dense.fit(batch);
    }
    assertThat(ours.params()).isEqualTo(dense.params()).isNotEqualTo(start);
  }
}
