package org.trispike.jobs;

import com.typesafe.config.Config;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.trispike.datasets.Progress;
import org.trispike.datasets.shard.ShardAction;
import org.trispike.datasets.shard.ShardConfig;
import org.trispike.datasets.teacher.EmbedAction;
import org.trispike.datasets.teacher.EmbedConfig;
import org.trispike.jobs.config.Settings;
import org.trispike.jobs.report.ReportAction;
import org.trispike.jobs.report.ReportConfig;
import org.trispike.jobs.report.ReportResult;
import org.trispike.training.evaluate.EvaluateAction;
import org.trispike.training.evaluate.EvaluateConfig;
import org.trispike.training.evaluate.EvaluationResult;
import org.trispike.training.observe.RoundListeners;
import org.trispike.training.pretrain.PretrainAction;
import org.trispike.training.pretrain.PretrainConfig;
import org.trispike.training.reparameterize.ReparameterizeAction;
import org.trispike.training.reparameterize.ReparameterizeConfig;

/** What each stage is made of: its configuration, its action, and what it says at the end. */
final class Stages {
  private Stages() {}

  /**
   * Runs one stage.
   *
   * @return lines for standard output: what the user asked for, not how it went
   */
  static List<String> run(Stage stage, SparkSession spark, Settings settings, Progress progress) {
    Config config = settings.config();
    switch (stage) {
      case SHARD -> new ShardAction(spark, ShardConfig.from(config), progress).run();
      case EMBED -> new EmbedAction(spark, EmbedConfig.from(config), progress).run();
      case PRETRAIN ->
          new PretrainAction(
                  spark, PretrainConfig.from(config), progress, RoundListeners.from(config))
              .run();
      case REPARAMETERIZE ->
          new ReparameterizeAction(spark, ReparameterizeConfig.from(config), progress).run();
      case EVALUATE -> {
        EvaluationResult result =
            new EvaluateAction(spark, EvaluateConfig.from(config), progress).run();
        return result.sentences();
      }
      case REPORT -> {
        ReportResult result =
            new ReportAction(spark.sparkContext().hadoopConfiguration(), ReportConfig.from(config))
                .run();
        return List.of("Report: " + result.file());
      }
    }
    return List.of();
  }

  /** Those of {@code stages} that have work to do: a run on another one's data makes none. */
  static List<Stage> making(Settings settings, List<Stage> stages) {
    boolean own = settings.config().getString("run.data").isEmpty();
    return stages.stream()
        .filter(stage -> own || (stage != Stage.SHARD && stage != Stage.EMBED))
        .toList();
  }

  /** Reads each stage's settings, so that a plan finds what a run would stumble over. */
  static void check(List<Stage> stages, Settings settings) {
    Config config = settings.config();
    for (Stage stage : stages) {
      Object read =
          switch (stage) {
            case SHARD -> ShardConfig.from(config);
            case EMBED -> EmbedConfig.from(config);
            case PRETRAIN -> List.of(PretrainConfig.from(config), RoundListeners.from(config));
            case REPARAMETERIZE -> ReparameterizeConfig.from(config);
            case EVALUATE -> EvaluateConfig.from(config);
            case REPORT -> ReportConfig.from(config);
          };
      if (read == null) {
        throw new IllegalStateException("No configuration for " + stage);
      }
    }
  }
}
