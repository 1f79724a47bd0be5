package org.trispike.jobs.predict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.trispike.kernels.io.Json;
import org.trispike.spiking.Ranked;

/**
 * What a file was taken for.
 *
 * @param file as it was given
 * @param ranked the best classes, best first
 * @param problem why there are none, or ""
 */
public record Prediction(String file, List<Ranked> ranked, String problem) {
  public Prediction {
    Objects.requireNonNull(file);
    Objects.requireNonNull(problem);
    ranked = List.copyOf(ranked);
  }

  /** A line for the file and one for each class. */
  public String toText() {
    if (!problem.isEmpty()) {
      return file + ": " + problem;
    }
    StringBuilder text = new StringBuilder(file);
    for (Ranked one : ranked) {
      text.append(
          String.format(
              Locale.ROOT,
              "%n  %5.1f %%  %-24s cosine %.3f",
              100 * one.probability(),
              one.name(),
              one.score()));
    }
    return text.toString();
  }

  /** One JSON object on one line. */
  public String toJson() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("file", file);
    if (problem.isEmpty()) {
      List<Object> classes = new ArrayList<>();
      for (Ranked one : ranked) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", one.name());
        row.put("probability", number(one.probability()));
        row.put("cosine", number(one.score()));
        classes.add(row);
      }
      map.put("classes", classes);
    } else {
      map.put("problem", problem);
    }
    return Json.writeCompact(map);
  }

  /** JSON has no NaN, which a model without any activity gives. */
  private static Double number(float value) {
    return Float.isFinite(value) ? (double) value : null;
  }
}
