package org.trispike.training.pretrain;

/**
 * An exponential moving average of the weights, taken once a round over its K steps: a ← d^K a + (1
 * − d^K) w, where d = min(decay, (1 + s) / (10 + s)) after s steps, so that the first weights are
 * soon forgotten. Statistics of norms are averaged likewise. Polyak and Juditsky 1992.
 */
final class WeightAverage {
  private final double decay;
  private float[] values;

  /**
   * @param values what a former run averaged so far, or null
   */
  WeightAverage(double decay, float[] values) {
    this.decay = decay;
    this.values = values == null ? null : values.clone();
  }

  /**
   * @param steps of the round
   * @param done steps before it
   */
  void add(float[] weights, int steps, int done) {
    if (values == null) {
      values = weights.clone();
      return;
    }
    double step = Math.min(decay, (1.0 + done) / (10.0 + done));
    double keep = Math.pow(step, steps);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (keep * values[i] + (1 - keep) * weights[i]);
    }
  }

  float[] values() {
    return values;
  }
}
