package org.trispike.jobs;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.trispike.datasets.Progress;
import org.trispike.jobs.ablation.AblationConfig;
import org.trispike.jobs.ablation.AblationTable;
import org.trispike.jobs.ablation.Variant;
import org.trispike.jobs.config.Settings;
import org.trispike.jobs.report.RunFiles;

/**
 * Trains the same encoder on the same data with other terms of the loss, each variant in a run
 * folder of its own below that of the run whose dataset and vectors they share.
 */
final class Ablation {
  static final String FILE = AblationTable.FOLDER + "/ablation.md";
  private static final List<Stage> OF_A_VARIANT =
      List.of(Stage.PRETRAIN, Stage.REPARAMETERIZE, Stage.EVALUATE);

  private final Settings settings;
  private final AblationConfig config;
  private final String directory;
  private final List<Stage> shared;

  Ablation(Settings settings) {
    this.settings = settings;
    this.config = AblationConfig.from(settings.config());
    this.directory = settings.config().getString("run.dir");
    this.shared = Stages.making(settings, List.of(Stage.SHARD, Stage.EMBED));
  }

  Settings settings() {
    return settings;
  }

  /** Checks each variant's settings and prints what would run. */
  void plan(PrintStream out) {
    Plan.describe(shared, settings, out);
    out.println();
    for (Variant variant : config.variants()) {
      Settings its = settings(variant);
      Stages.check(OF_A_VARIANT, its);
      RunFolder folder = RunFolder.of(Sessions.hadoop(its.config()), its);
      out.println(
          String.format(
              Locale.ROOT,
              "%-15s %-9s → %-18s %s",
              variant.word(),
              folder.state(Stage.EVALUATE).equals("finished")
                  ? "finished"
                  : folder.state(Stage.PRETRAIN),
              variant.folder(),
              String.join(" ", overrides(variant))));
    }
    out.println();
    caveat().ifPresent(out::println);
    out.println("Nothing was written");
  }

  /**
   * Runs what is not finished.
   *
   * @return the table in Markdown
   */
  String run(SparkSession spark, Progress progress) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    caveat().ifPresent(line -> progress.line("ablate: " + line));
    Job.chain(shared, spark, settings, progress, progress::line);
    for (Variant variant : config.variants()) {
      progress.line("ablate: " + variant.word() + " (" + variant.title() + ")");
      Job.chain(OF_A_VARIANT, spark, settings(variant), progress, progress::line);
    }
    RunFiles files = new RunFiles(hadoop, directory);
    String table = AblationTable.read(config.variants(), files::json).markdown();
    files.write(FILE, table.getBytes(StandardCharsets.UTF_8));
    return table;
  }

  /** What a reader of the table has to know of the variant that sees no texts. */
  private Optional<String> caveat() {
    String start = settings.config().getString("pretrain.projection-start");
    boolean blind = config.variants().contains(Variant.IMAGE) && start.equals("random");
    return blind
        ? Optional.of(
            "Nothing trains the projection of texts in the variant image: as"
                + " pretrain.projection-start is random, its zero-shot accuracy is that of guessing;"
                + " identity keeps the teacher's own space")
        : Optional.empty();
  }

  /** The configuration of one variant. */
  Settings settings(Variant variant) {
    String data = settings.config().getString("run.data");
    List<String> sets = new ArrayList<>(overrides(variant));
    sets.add("run.dir=" + directory + "/" + variant.folder());
    sets.add("run.data=" + (data.isEmpty() ? directory : data));
    return settings.with(sets);
  }

  private List<String> overrides(Variant variant) {
    List<String> sets = new ArrayList<>(variant.settings());
    if (config.epochs() > 0) {
      sets.add("pretrain.epochs=" + config.epochs());
    }
    return sets;
  }
}
