package org.trispike.training.observe;

import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Shows the last round of a training in Spark's metrics system, and so in whatever sinks it has,
 * such as its Prometheus servlet. Switched on by {@code spark.plugins}.
 */
public final class TrispikePlugin implements SparkPlugin {
  // Spark makes the plugin and the stage its listener; a process has one Spark context and one
  // training at a time, and this is where the two meet.
  private static final TrainingGauges GAUGES = new TrainingGauges();

  /** What the plugin of this process shows. */
  static TrainingGauges gauges() {
    return GAUGES;
  }

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverPlugin() {
      @Override
      public Map<String, String> init(SparkContext spark, PluginContext context) {
        GAUGES.clear();
        return Map.of();
      }

      @Override
      public void registerMetrics(String application, PluginContext context) {
        GAUGES.register(context.metricRegistry());
      }
    };
  }

  /** None: what executors do, the driver hears of. */
  @Override
  public ExecutorPlugin executorPlugin() {
    return null;
  }
}
