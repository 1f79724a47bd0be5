package org.trispike.spiking;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Orders classes by score; scores that are no numbers come last and have probability 0. */
final class Ranking {
  private Ranking() {}

  static List<Ranked> of(SpikingModel model, float[][] logits, float[][] features, int top) {
    int classes = model.classes().size();
    double[] scores = new double[classes];
    for (int view = 0; view < logits.length; view++) {
      double length = length(model, features[view]);
      for (int k = 0; k < classes; k++) {
        scores[k] += logits[view][k] / length / logits.length;
      }
    }
    double scale = model.alignment().map(a -> (double) a.logitScale()).orElse(1.0);
    double[] probabilities = softmax(scores, scale);
    return IntStream.range(0, classes)
        .boxed()
        .sorted(Comparator.comparingDouble(k -> Double.isNaN(scores[k]) ? 1e300 : -scores[k]))
        .limit(Math.max(0, top))
        .map(
            k ->
                new Ranked(
                    k, model.classes().get(k).name(), (float) scores[k], (float) probabilities[k]))
        .toList();
  }

  /** |z|, by which a logit becomes a cosine; 1 where it is not known. */
  private static double length(SpikingModel model, float[] pooled) {
    return model.alignment().map(a -> Vectors.norm(a.output(pooled))).orElse(1.0);
  }

  static double[] softmax(double[] scores, double scale) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      largest = score > largest ? score : largest;
    }
    double[] weights = new double[scores.length];
    double sum = 0;
    for (int k = 0; k < scores.length; k++) {
      double weight = Math.exp(scale * (scores[k] - largest));
      weights[k] = weight > 0 ? weight : 0;
      sum += weights[k];
    }
    for (int k = 0; k < scores.length; k++) {
      weights[k] = sum > 0 ? weights[k] / sum : 0;
    }
    return weights;
  }
}
