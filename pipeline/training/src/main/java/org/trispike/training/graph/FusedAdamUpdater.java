package org.trispike.training.graph;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.AdamUpdater;

/**
 * Turns gradients into steps, by pieces that stay in the first-level cache: the gradient and both
 * moments come from ND4J's memory once and go back once.
 */
final class FusedAdamUpdater extends AdamUpdater {
  private static final int PIECE = 2048;

  private final float[] step = new float[PIECE];
  private final float[] mean = new float[PIECE];
  private final float[] square = new float[PIECE];

  FusedAdamUpdater(FusedAdam config) {
    super(config);
  }

  /** Writes alpha · m / (√v + epsilon) over the gradient, with alpha free of the moments' bias. */
  @Override
  public void applyUpdater(INDArray gradient, int iteration, int epoch) {
    if (!floats(gradient) || !floats(getM()) || !floats(getV())) {
      super.applyUpdater(gradient, iteration, epoch);
      return;
    }
    double beta1 = getConfig().getBeta1();
    double beta2 = getConfig().getBeta2();
    double rate = getConfig().getLearningRate(iteration, epoch);
    double unbiased =
        Math.sqrt(1 - Math.pow(beta2, iteration + 1)) / (1 - Math.pow(beta1, iteration + 1));
    float alpha = (float) (rate * unbiased);
    FloatPointer steps = pointer(gradient);
    FloatPointer means = pointer(getM());
    FloatPointer squares = pointer(getV());
    for (long from = 0; from < gradient.length(); from += PIECE) {
      int n = (int) Math.min(PIECE, gradient.length() - from);
      steps.position(gradient.offset() + from).get(step, 0, n);
      means.position(getM().offset() + from).get(mean, 0, n);
      squares.position(getV().offset() + from).get(square, 0, n);
      update(n, (float) beta1, (float) beta2, alpha, (float) getConfig().getEpsilon());
      steps.put(step, 0, n);
      means.put(mean, 0, n);
      squares.put(square, 0, n);
    }
  }

  private void update(int n, float beta1, float beta2, float alpha, float epsilon) {
    for (int i = 0; i < n; i++) {
      float gradient = step[i];
      float m = beta1 * mean[i] + (1 - beta1) * gradient;
      float v = beta2 * square[i] + (1 - beta2) * gradient * gradient;
      mean[i] = m;
      square[i] = v;
      step[i] = alpha * m / ((float) Math.sqrt(v) + epsilon);
    }
  }

  private static boolean floats(INDArray array) {
    return array.dataType() == DataType.FLOAT && array.elementWiseStride() == 1;
  }

  private static FloatPointer pointer(INDArray array) {
    return new FloatPointer(array.data().pointer());
  }
}
