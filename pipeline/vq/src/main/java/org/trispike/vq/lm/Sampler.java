package org.trispike.vq.lm;

import org.trispike.kernels.KeyedRandom;

/** Chooses a token by its logits. */
public interface Sampler {

  int choose(float[] logits);

  /** The largest logit, the first of equal ones. */
  static Sampler greedy() {
    return logits -> {
      int best = 0;
      for (int token = 1; token < logits.length; token++) {
        best = logits[token] > logits[best] ? token : best;
      }
      return best;
    };
  }

  /** Draws with probability softmax(logits / temperature); the seed gives the same draws again. */
  static Sampler temperature(double temperature, long seed) {
    if (!(temperature > 0)) {
      throw new IllegalArgumentException("Temperature " + temperature + " is not positive");
    }
    KeyedRandom random = KeyedRandom.of(seed);
    return logits -> {
      double[] shares = Logits.shares(logits, temperature);
      double left = random.nextDouble();
      int token = 0;
      while (token < shares.length - 1 && left >= shares[token]) {
        left -= shares[token++];
      }
      return token;
    };
  }
}
