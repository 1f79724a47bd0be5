package org.trispike.training.pretrain;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.trispike.training.averaging.Figures;
import org.trispike.training.averaging.Round;
import org.trispike.training.observe.ClusterEvents;

/** One round as a line of metrics and as a phrase of progress. */
final class RoundMetrics {
  private static final String RATE = "rate.";

  private RoundMetrics() {}

  static Map<String, Object> of(
      Training training, Round round, Optional<Validation> validation, ClusterEvents cluster) {
    Figures figures = round.figures();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("round", training.round());
    map.put("epoch", training.epoch());
    map.put("samples", training.samples());
    map.put("steps", round.steps());
    map.put("learning_rate", training.learningRate());
    put(map, "loss", figures, "loss");
    put(map, "loss_text", figures, "loss.text");
    put(map, "loss_image", figures, "loss.image");
    put(map, "loss_mse", figures, "loss.mse");
    put(map, "accuracy_text", figures, "accuracy.text");
    put(map, "accuracy_image", figures, "accuracy.image");
    put(map, "logit_scale", figures, "logit-scale");
    put(map, "gradient_norm", figures, "gradient-norm");
    map.put("firing_rate", finite(firingRate(figures)));
    Map<String, Object> rates = new LinkedHashMap<>();
    for (String layer : figures.names(RATE)) {
      rates.put(layer, figures.mean(RATE + layer));
    }
    map.put("firing_rates", rates);
    validation.ifPresent(v -> map.put("validation", v.toMap()));
    // Clock times and mishaps come last: all before them is the same in each rerun.
    map.put("seconds", round.seconds());
    map.put("samples_per_second", rate(round));
    map.put("averaging_seconds", round.averagingSeconds());
    map.put("slowest_replica_seconds", round.slowestReplicaSeconds());
    map.put("median_replica_seconds", round.medianReplicaSeconds());
    map.put("lost_executors", cluster.takeLostExecutors());
    map.put("failed_tasks", cluster.takeFailedTasks());
    map.put("share", Shares.of(round).toMap());
    return map;
  }

  static String sentence(Training training, Round round) {
    Figures figures = round.figures();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "epoch %.1f, loss %.3f, %.0f samples/s",
            training.epoch(),
            figures.mean("loss"),
            rate(round)));
    if (Double.isFinite(firingRate(figures))) {
      text.append(String.format(Locale.ROOT, ", firing rate %.3f", firingRate(figures)));
    }
    return text.toString();
  }

  /** Mean over layers of the mean integer spike; NaN for an encoder without spikes. */
  static double firingRate(Figures figures) {
    return figures.names(RATE).stream()
        .mapToDouble(layer -> figures.mean(RATE + layer))
        .average()
        .orElse(Double.NaN);
  }

  private static double rate(Round round) {
    return round.figures().sum("samples") / round.seconds();
  }

  private static void put(Map<String, Object> map, String key, Figures figures, String name) {
    map.put(key, finite(figures.mean(name)));
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
