package org.trispike.jobs.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** A line chart in SVG: up to six curves over one axis, named beneath the title. */
final class Chart {
  private static final double WIDTH = 460;
  private static final double HEIGHT = 230;
  private static final double LEFT = 52;
  private static final double RIGHT = 12;
  private static final double TOP = 14;
  private static final double BOTTOM = 34;

  private Chart() {}

  /** Writes the figure, unless no series has a point. */
  static void write(Html html, String title, String xTitle, List<Series> series) {
    List<Series> filled = series.stream().filter(s -> !s.points().isEmpty()).toList();
    if (filled.isEmpty()) {
      return;
    }
    Axis x = axis(filled, 0, 6);
    Axis y = axis(filled, 1, 4);
    html.open("figure", "class", "chart");
    html.open("figcaption").element("b", title).open("div");
    for (int i = 0; filled.size() > 1 && i < filled.size(); i++) {
      html.open("span", "class", "key").element("i", "", "class", "c" + i);
      html.text(filled.get(i).name()).close();
    }
    html.close().close();
    html.open("svg", "viewBox", "0 0 " + (int) WIDTH + " " + (int) HEIGHT, "role", "img");
    html.element("title", title);
    grid(html, x, y, xTitle);
    for (int i = 0; i < filled.size(); i++) {
      curve(html, filled.get(i), x, y, i);
    }
    html.close().close();
  }

  private static Axis axis(List<Series> series, int coordinate, int ticks) {
    double[] values =
        series.stream()
            .flatMap(s -> s.points().stream())
            .mapToDouble(point -> point[coordinate])
            .toArray();
    return Axis.around(
        DoubleStream.of(values).min().orElse(0), DoubleStream.of(values).max().orElse(1), ticks);
  }

  private static void grid(Html html, Axis x, Axis y, String xTitle) {
    for (double tick : y.ticks()) {
      double at = y(y, tick);
      html.empty(
          "line", "class", "grid", "x1", LEFT, "x2", WIDTH - RIGHT, "y1", one(at), "y2", one(at));
      html.element(
          "text",
          y.label(tick),
          "class",
          "tick",
          "x",
          LEFT - 6,
          "y",
          one(at + 3.5),
          "text-anchor",
          "end");
    }
    for (double tick : x.ticks()) {
      html.element(
          "text",
          x.label(tick),
          "class",
          "tick",
          "x",
          one(x(x, tick)),
          "y",
          HEIGHT - BOTTOM + 15,
          "text-anchor",
          "middle");
    }
    html.element(
        "text", xTitle, "class", "tick", "x", WIDTH - RIGHT, "y", HEIGHT - 4, "text-anchor", "end");
  }

  private static void curve(Html html, Series series, Axis x, Axis y, int index) {
    StringBuilder points = new StringBuilder();
    for (double[] point : series.points()) {
      points.append(one(x(x, point[0]))).append(',').append(one(y(y, point[1]))).append(' ');
    }
    html.empty("polyline", "class", "curve c" + index, "points", points.toString().strip());
    double[] last = series.points().get(series.points().size() - 1);
    html.empty(
        "circle",
        "class",
        "dot c" + index,
        "cx",
        one(x(x, last[0])),
        "cy",
        one(y(y, last[1])),
        "r",
        3);
  }

  private static double x(Axis axis, double value) {
    return LEFT + axis.at(value) * (WIDTH - LEFT - RIGHT);
  }

  private static double y(Axis axis, double value) {
    return HEIGHT - BOTTOM - axis.at(value) * (HEIGHT - TOP - BOTTOM);
  }

  private static String one(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
