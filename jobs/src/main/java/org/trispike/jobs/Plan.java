package org.trispike.jobs;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.trispike.jobs.config.Settings;

/**
 * What {@code --dry-run} prints: every setting checked, the input counted and tried, nothing
 * written.
 */
final class Plan {
  private Plan() {}

  static void print(List<Stage> stages, Settings settings, PrintStream out) {
    describe(stages, settings, out);
    out.println("Nothing was written");
  }

  /** The run folder, the input, and where each stage stands. */
  static void describe(List<Stage> stages, Settings settings, PrintStream out) {
    Configuration hadoop = Sessions.hadoop(settings.config());
    Stages.check(stages, settings);
    RunFolder folder = RunFolder.of(hadoop, settings);
    out.println("Run folder  " + folder.root() + "  (configuration " + shortHash(settings) + ")");
    if (stages.contains(Stage.SHARD)) {
      ShardLines.of(hadoop, settings.config()).forEach(out::println);
    }
    for (Stage stage : stages) {
      out.println(
          String.format(
              Locale.ROOT,
              "%-15s %-9s → %-12s %s",
              stage.word(),
              folder.state(stage),
              stage.output(),
              stage.meaning()));
    }
  }

  private static String shortHash(Settings settings) {
    return settings.hash().substring(0, 12);
  }
}
