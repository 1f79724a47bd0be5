package org.trispike.vq.lm;

/** Probabilities of logits, in double precision. */
final class Logits {
  private Logits() {}

  /** softmax(logits / temperature). */
  static double[] shares(float[] logits, double temperature) {
    double largest = largest(logits);
    double[] shares = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      shares[i] = Math.exp((logits[i] - largest) / temperature);
      sum += shares[i];
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= sum;
    }
    return shares;
  }

  /** −ln softmax(logits)[token], in nats. */
  static double surprise(float[] logits, int token) {
    double largest = largest(logits);
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - largest);
    }
    return Math.log(sum) + largest - logits[token];
  }

  private static double largest(float[] logits) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    return largest;
  }
}
