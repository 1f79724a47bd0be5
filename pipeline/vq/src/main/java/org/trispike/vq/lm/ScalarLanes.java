package org.trispike.vq.lm;

/** Plain loops. */
final class ScalarLanes implements Lanes {

  @Override
  public float dot(float[] a, int aAt, float[] b, int bAt, int size) {
    float dot = 0;
    for (int i = 0; i < size; i++) {
      dot += a[aAt + i] * b[bAt + i];
    }
    return dot;
  }

  @Override
  public void axpy(float alpha, float[] x, int xAt, float[] y, int yAt, int size) {
    for (int i = 0; i < size; i++) {
      y[yAt + i] += alpha * x[xAt + i];
    }
  }

  @Override
  public void mix(
      float[] rows, int count, int width, float[] shares, int sharesAt, float[] y, int yAt) {
    for (int row = 0; row < count; row++) {
      axpy(shares[sharesAt + row], rows, row * width, y, yAt, width);
    }
  }

  @Override
  public float exponentials(float[] scores, int count) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      largest = Math.max(largest, scores[i]);
    }
    float sum = 0;
    for (int i = 0; i < count; i++) {
      scores[i] = (float) Math.exp(scores[i] - largest);
      sum += scores[i];
    }
    return sum;
  }

  @Override
  public String description() {
    return "scalar";
  }
}
