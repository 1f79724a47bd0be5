package org.trispike.jobs;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.Split;
import org.trispike.datasets.shard.ShardConfig;
import org.trispike.datasets.source.TripletTable;
import org.trispike.jobs.config.Settings;

/** What {@code --dry-run} prints: every setting checked, the input counted, nothing written. */
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
      out.println("Input       " + input(hadoop, ShardConfig.from(settings.config())));
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

  private static String input(Configuration hadoop, ShardConfig config) {
    TripletTable table = config.collection().read(hadoop);
    long validation = table.rows().stream().filter(r -> r.split() == Split.VALIDATION).count();
    long test = table.rows().stream().filter(row -> row.split() == Split.TEST).count();
    return String.format(
        Locale.ROOT,
        "%s: %d shapes (%d train, %d validation, %d test), %d rows that cannot be used",
        config.collection().name(),
        table.rows().size(),
        table.rows().size() - validation - test,
        validation,
        test,
        table.bad().size());
  }

  private static String shortHash(Settings settings) {
    return settings.hash().substring(0, 12);
  }
}
