package org.trispike.training.pretrain;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How well the shapes of the validation split find what belongs to them; shares of shapes, NaN
 * where nothing was to be found.
 *
 * @param shapes measured
 * @param captionTop1 own caption is the nearest of the distinct captions of the split
 * @param captionTop5 it is among the five nearest
 * @param textAt5 own text is among the five nearest of all shapes' texts
 * @param imageAt1 own picture is the nearest of all shapes' pictures
 * @param imageAt5 it is among the five nearest
 */
public record Validation(
    int shapes,
    double captionTop1,
    double captionTop5,
    double textAt5,
    double imageAt1,
    double imageAt5) {

  /** What checkpoints are chosen by: less noisy than the first rank alone. */
  public double score() {
    if (Double.isNaN(captionTop1)) {
      return (imageAt1 + imageAt5) / 2;
    }
    return (captionTop1 + captionTop5) / 2;
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("shapes", shapes);
    put(map, "caption_top1", captionTop1);
    put(map, "caption_top5", captionTop5);
    put(map, "text_r5", textAt5);
    put(map, "image_r1", imageAt1);
    put(map, "image_r5", imageAt5);
    put(map, "score", score());
    return map;
  }

  static void put(Map<String, Object> map, String key, double value) {
    map.put(key, Double.isFinite(value) ? value : null);
  }

  String sentence() {
    return String.format(
        Locale.ROOT,
        "%d validation shapes: own caption first %.1f %%, among five %.1f %%; own picture among"
            + " five %.1f %%",
        shapes,
        100 * captionTop1,
        100 * captionTop5,
        100 * imageAt5);
  }
}
