package org.trispike.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The lines of {@code metrics.jsonl} as curves over the epochs. */
final class MetricCharts {
  /** More points than these are averaged, so that a page of a long run stays small. */
  private static final int POINTS = 400;

  private final List<JsonNode> lines;

  private MetricCharts(List<JsonNode> lines) {
    this.lines = lines;
  }

  static List<Page.Curves> of(List<JsonNode> lines) {
    return new MetricCharts(lines).charts();
  }

  private List<Page.Curves> charts() {
    List<Page.Curves> charts = new ArrayList<>();
    charts.add(
        chart(
            "Loss",
            series("all", "/loss", 1),
            series("text", "/loss_text", 1),
            series("image", "/loss_image", 1),
            series("MSE", "/loss_mse", 1)));
    charts.add(
        chart(
            "Validation: own caption, %",
            series("first", "/validation/caption_top1", 100),
            series("among five", "/validation/caption_top5", 100)));
    charts.add(
        chart(
            "Validation: found among all shapes, %",
            series("text, five", "/validation/text_r5", 100),
            series("image, first", "/validation/image_r1", 100),
            series("image, five", "/validation/image_r5", 100)));
    charts.add(
        chart(
            "Accuracy in the batch, %",
            series("text", "/accuracy_text", 100), series("image", "/accuracy_image", 100)));
    charts.add(chart("Learning rate", series("", "/learning_rate", 1)));
    charts.add(chart("Logit scale", series("", "/logit_scale", 1)));
    charts.add(chart("Gradient norm", series("", "/gradient_norm", 1)));
    charts.add(chart("Firing rate (mean integer spike)", series("", "/firing_rate", 1)));
    charts.add(chart("Samples a second", series("", "/samples_per_second", 1)));
    charts.add(
        chart(
            "Seconds of a round",
            series("all", "/seconds", 1),
            series("slowest replica", "/slowest_replica_seconds", 1),
            series("median replica", "/median_replica_seconds", 1),
            series("averages", "/averaging_seconds", 1)));
    charts.add(
        chart(
            "Mishaps of a round",
            series("executors lost", "/lost_executors", 1),
            series("tasks failed", "/failed_tasks", 1)));
    return charts.stream().filter(one -> !one.isEmpty()).toList();
  }

  private static Page.Curves chart(String title, Series... series) {
    List<Series> filled =
        List.of(series).stream().filter(one -> !one.points().isEmpty() && !isZero(one)).toList();
    return new Page.Curves(title, "epoch", filled);
  }

  /** A term of weight zero has no curve. */
  private static boolean isZero(Series series) {
    return series.points().stream().allMatch(point -> point[1] == 0);
  }

  private Series series(String name, String pointer, double factor) {
    return series(lines, name, pointer, factor);
  }

  /**
   * A field of the lines over the epochs.
   *
   * @param pointer of JSON, from the line's root
   * @param factor that values are multiplied with
   */
  static Series series(List<JsonNode> lines, String name, String pointer, double factor) {
    List<double[]> points = new ArrayList<>();
    for (JsonNode line : lines) {
      double value = Texts.number(line.at(pointer));
      if (Double.isFinite(value)) {
        points.add(new double[] {Texts.number(line.path("epoch")), factor * value});
      }
    }
    return new Series(name, thinned(points));
  }

  /** Means of neighbours, at most {@link #POINTS} of them. */
  static List<double[]> thinned(List<double[]> points) {
    int size = points.size();
    if (size <= POINTS) {
      return points;
    }
    List<double[]> means = new ArrayList<>();
    for (int bin = 0; bin < POINTS; bin++) {
      int from = (int) ((long) bin * size / POINTS);
      int to = (int) ((long) (bin + 1) * size / POINTS);
      double x = 0;
      double y = 0;
      for (double[] point : points.subList(from, to)) {
        x += point[0];
        y += point[1];
      }
      means.add(new double[] {x / (to - from), y / (to - from)});
    }
    return means;
  }
}
