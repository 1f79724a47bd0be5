package org.trispike.datasets.teacher;

import java.util.List;
import java.util.Locale;

/**
 * Image→text retrieval: for each picture, the candidates are ordered by cosine, and it is a hit at
 * k if the picture's own text is among the first k.
 *
 * @param pictures queries
 * @param candidates distinct texts to choose from
 * @param hitsAt1 pictures whose text comes first
 * @param hitsAt5 pictures whose text is among the first five
 * @param hitsAt10 pictures whose text is among the first ten
 */
public record Retrieval(int pictures, int candidates, int hitsAt1, int hitsAt5, int hitsAt10) {
  public static final Retrieval NONE = new Retrieval(0, 0, 0, 0, 0);

  /** Measures rows of unit vectors; {@code own[i]} is the candidate of picture i. */
  static Retrieval measure(List<float[]> pictures, int[] own, List<float[]> candidates) {
    Retrieval sum = new Retrieval(0, candidates.size(), 0, 0, 0);
    for (int i = 0; i < own.length; i++) {
      double cosine = Vectors.dot(pictures.get(i), candidates.get(own[i]));
      int better = 0;
      for (int j = 0; j < candidates.size(); j++) {
        if (j != own[i] && Vectors.dot(pictures.get(i), candidates.get(j)) >= cosine) {
          better++;
        }
      }
      sum = sum.add(better);
    }
    return sum;
  }

  private Retrieval add(int better) {
    return new Retrieval(
        pictures + 1,
        candidates,
        hitsAt1 + (better < 1 ? 1 : 0),
        hitsAt5 + (better < 5 ? 1 : 0),
        hitsAt10 + (better < 10 ? 1 : 0));
  }

  /** A sentence for the progress line, with what guessing would reach. */
  public String sentence() {
    return String.format(
        Locale.ROOT,
        "image→text on validation: R@1 %.1f %%, R@5 %.1f %%, R@10 %.1f %% (%d pictures, %d texts;"
            + " guessing: %.1f %%, %.1f %%, %.1f %%)",
        percent(hitsAt1, pictures),
        percent(hitsAt5, pictures),
        percent(hitsAt10, pictures),
        pictures,
        candidates,
        percent(1, candidates),
        percent(Math.min(5, candidates), candidates),
        percent(Math.min(10, candidates), candidates));
  }

  private static double percent(int part, int whole) {
    return whole == 0 ? 0 : 100.0 * part / whole;
  }
}
