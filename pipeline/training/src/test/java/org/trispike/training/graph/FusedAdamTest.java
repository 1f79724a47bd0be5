package org.trispike.training.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.trispike.kernels.KeyedRandom;
import org.trispike.training.averaging.NdArrays;

final class FusedAdamTest {
  private static final int PARAMETERS = 5003;
  private static final WarmupCosine RATE = new WarmupCosine(1e-6, 2e-3, 1e-5, 3, 10);

  private static Adam plain() {
    return Adam.builder().learningRateSchedule(RATE).beta1(0.9).beta2(0.98).epsilon(1e-8).build();
  }

  /** Part of a longer array, as a block of parameters is. */
  private static INDArray part(int length) {
    return Nd4j.zeros(DataType.FLOAT, 1, length + 11)
        .get(NDArrayIndex.all(), NDArrayIndex.interval(7, length + 7));
  }

  private static float[] gradients(int iteration) {
    KeyedRandom random = KeyedRandom.of(iteration, 1);
    float[] values = new float[PARAMETERS];
    for (int i = 0; i < values.length; i++) {
      // Also none, and so small a one that its square is no number above 0.
      values[i] = i % 5 == 0 ? 0 : i % 5 == 1 ? 1e-25f : (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void stepsAndMomentsAreThoseOfNd4j() {
    INDArray state = part(2 * PARAMETERS);
    INDArray expectedState = part(2 * PARAMETERS);
    GradientUpdater<?> fused = new FusedAdam(RATE, 0.9, 0.98, 1e-8).instantiate(state, true);
    GradientUpdater<?> nd4j = plain().instantiate(expectedState, true);
    for (int iteration = 0; iteration < 12; iteration++) {
      INDArray gradient = part(PARAMETERS);
      INDArray expected = part(PARAMETERS);
      NdArrays.write(gradients(iteration), gradient);
      NdArrays.write(gradients(iteration), expected);
      fused.applyUpdater(gradient, iteration, 0);
      nd4j.applyUpdater(expected, iteration, 0);
      assertClose(gradient, expected);
      assertClose(state, expectedState);
    }
  }

  private static void assertClose(INDArray actual, INDArray expected) {
    float[] a = NdArrays.floats(actual);
    float[] b = NdArrays.floats(expected);
    for (int i = 0; i < b.length; i++) {
      assertThat(a[i]).isCloseTo(b[i], within(1e-5f * Math.abs(b[i]) + 1e-12f));
    }
  }

  /** DL4J copies configurations, and writes them as JSON. */
  @Test
  void copiesAreOfItsKind() {
    FusedAdam adam = new FusedAdam(RATE, 0.9, 0.98, 1e-8);
    assertThat(adam.clone()).isInstanceOf(FusedAdam.class).isEqualTo(adam);
    assertThat(adam.clone().getLearningRate(2, 0)).isEqualTo(RATE.valueAt(2, 0));
    MultiLayerConfiguration network =
        new NeuralNetConfiguration.Builder()
            .updater(adam)
            .list(new OutputLayer.Builder().nIn(2).nOut(2).build())
            .build();
    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(network.toJson());
    assertThat(((OutputLayer) read.getConf(0).getLayer()).getIUpdater()).isEqualTo(adam);
  }
}
