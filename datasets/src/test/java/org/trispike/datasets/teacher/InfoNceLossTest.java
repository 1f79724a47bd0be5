package org.trispike.datasets.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.trispike.kernels.KeyedRandom;

final class InfoNceLossTest {
  private static final double SCALE = 5;

  private static float[][] vectors(long key, int rows, int width, boolean unit) {
    KeyedRandom random = KeyedRandom.of(key);
    float[][] vectors = new float[rows][width];
    for (float[] vector : vectors) {
      for (int i = 0; i < width; i++) {
        vector[i] = (float) random.nextGaussian();
      }
      if (unit) {
        Vectors.normalize(vector);
      }
    }
    return vectors;
  }

  /** In double precision, with loops of its own. */
  private static double loss(double[][] outputs, float[][] texts) {
    int n = outputs.length;
    double[][] logits = new double[n][n];
    for (int i = 0; i < n; i++) {
      double length = 0;
      for (double value : outputs[i]) {
        length += value * value;
      }
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < outputs[i].length; k++) {
          logits[i][j] += SCALE * outputs[i][k] / Math.sqrt(length) * texts[j][k];
        }
      }
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double row = 0;
      double column = 0;
      double own = 0;
      int same = 0;
      for (int j = 0; j < n; j++) {
        row += Math.exp(logits[i][j]);
        column += Math.exp(logits[j][i]);
      }
      for (int j = 0; j < n; j++) {
        if (java.util.Arrays.equals(texts[i], texts[j])) {
          own += Math.log(row) - logits[i][j] + Math.log(column) - logits[j][i];
          same++;
        }
      }
      sum += 0.5 * own / same;
    }
    return sum;
  }

  @Test
  void isTheSymmetricCrossEntropyAndItsGradientThatOfFiniteDifferences() {
    float[][] outputs = vectors(1, 5, 4, false);
    float[][] texts = vectors(2, 5, 4, true);
    texts[3] = texts[1].clone();
    double[][] exact = new double[5][4];
    for (int i = 0; i < 5; i++) {
      for (int k = 0; k < 4; k++) {
        exact[i][k] = outputs[i][k];
      }
    }
    InfoNceLoss.Evaluation found = InfoNceLoss.evaluate(outputs, texts, SCALE);
    assertThat(found.loss()).isCloseTo(loss(exact, texts), within(1e-5));
    double step = 1e-5;
    for (int i = 0; i < 5; i++) {
      for (int k = 0; k < 4; k++) {
        exact[i][k] += step;
        double up = loss(exact, texts);
        exact[i][k] -= 2 * step;
        double down = loss(exact, texts);
        exact[i][k] += step;
        assertThat((double) found.gradient()[i][k])
            .isCloseTo((up - down) / (2 * step), within(1e-4));
      }
    }
  }
}
