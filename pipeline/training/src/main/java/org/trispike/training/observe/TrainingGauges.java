package org.trispike.training.observe;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The figures of the last round as gauges; what was not measured is not a number. */
final class TrainingGauges implements RoundListener {
  private static final List<String> NAMES =
      List.of(
          "round",
          "epoch",
          "samples",
          "loss",
          "loss_text",
          "loss_image",
          "loss_mse",
          "learning_rate",
          "gradient_norm",
          "firing_rate",
          "samples_per_second",
          "seconds",
          "averaging_seconds",
          "slowest_replica_seconds",
          "median_replica_seconds");

  /** What is counted from round to round: a gauge shows the sum of this process. */
  private static final List<String> COUNTS = List.of("lost_executors", "failed_tasks");

  private volatile Map<String, Object> last = Map.of();
  private volatile Map<String, Long> sums = Map.of();
  private volatile double score = Double.NaN;

  void register(MetricRegistry registry) {
    for (String name : NAMES) {
      registry.register(name, (Gauge<Double>) () -> number(last.get(name)));
    }
    for (String name : COUNTS) {
      registry.register(name, (Gauge<Long>) () -> sums.getOrDefault(name, 0L));
    }
    registry.register("validation_score", (Gauge<Double>) () -> score);
  }

  void clear() {
    last = Map.of();
    sums = Map.of();
    score = Double.NaN;
  }

  @Override
  public void begin(String fingerprint, int done) {
    clear();
  }

  @Override
  public void round(Map<String, Object> metrics) {
    Map<String, Long> former = sums;
    sums =
        COUNTS.stream()
            .collect(
                Collectors.toMap(
                    name -> name, name -> former.getOrDefault(name, 0L) + count(metrics, name)));
    if (metrics.get("validation") instanceof Map<?, ?> validation) {
      score = number(validation.get("score"));
    }
    last = metrics;
  }

  private static long count(Map<String, Object> metrics, String name) {
    return metrics.get(name) instanceof Number number ? number.longValue() : 0;
  }

  private static double number(Object value) {
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }
}
