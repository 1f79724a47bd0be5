package org.trispike.jobs.report;

import java.util.List;
import java.util.Locale;

/** A confusion matrix in SVG: rows are what shapes are, columns what they were taken for. */
final class HeatMap {
  private static final int LETTER = 7;
  private static final int LONGEST = 22;

  private HeatMap() {}

  /**
   * @param counts [classes][classes]; a row's shares decide its colours
   */
  static void write(Html html, List<String> classes, long[][] counts) {
    int n = classes.size();
    int cell = Math.max(14, Math.min(40, 720 / Math.max(1, n)));
    int size = n * cell;
    int names = names(classes);
    html.open(
        "svg",
        "class",
        "heat",
        "viewBox",
        "0 0 " + (names + size + 8) + " " + (names + size + 8),
        "role",
        "img",
        "style",
        "max-width:" + (names + size + 8) + "px");
    html.element("title", "Confusion matrix");
    for (int i = 0; i < n; i++) {
      double middle = names + i * cell + cell / 2.0;
      html.element(
          "text",
          shortened(classes.get(i)),
          "class",
          "tick",
          "x",
          names - 6,
          "y",
          middle + 4,
          "text-anchor",
          "end");
      html.element(
          "text",
          shortened(classes.get(i)),
          "class",
          "tick",
          "transform",
          String.format(Locale.ROOT, "translate(%.1f %d) rotate(-60)", middle + 3, names - 6));
      row(html, classes, counts, i, cell, names);
    }
    html.close();
  }

  /** Room for the longest name; what is longer is cut. */
  private static int names(List<String> classes) {
    int longest = classes.stream().mapToInt(String::length).max().orElse(0);
    return 14 + LETTER * Math.min(LONGEST, longest);
  }

  private static String shortened(String name) {
    return name.length() > LONGEST ? name.substring(0, LONGEST - 1) + "…" : name;
  }

  private static void row(
      Html html, List<String> classes, long[][] counts, int i, int cell, int names) {
    long total = 0;
    for (long count : counts[i]) {
      total += count;
    }
    for (int j = 0; j < classes.size(); j++) {
      long count = counts[i][j];
      double share = total == 0 ? 0 : (double) count / total;
      int x = names + j * cell;
      int y = names + i * cell;
      html.open(
          "rect",
          "x",
          x + 0.5,
          "y",
          y + 0.5,
          "width",
          cell - 1,
          "height",
          cell - 1,
          "rx",
          2,
          "class",
          i == j ? "cell right" : "cell wrong",
          "style",
          String.format(Locale.ROOT, "--share:%.3f", share));
      html.element(
          "title",
          String.format(
              Locale.ROOT,
              "%s taken for %s: %d of %d",
              classes.get(i),
              classes.get(j),
              count,
              total));
      html.close();
      if (count > 0) {
        html.element(
            "text",
            count,
            "class",
            share > 0.55 ? "count strong" : "count",
            "x",
            x + cell / 2.0,
            "y",
            y + cell / 2.0 + 3.5,
            "text-anchor",
            "middle");
      }
    }
  }
}
