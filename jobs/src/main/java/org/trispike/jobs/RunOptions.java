package org.trispike.jobs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trispike.datasets.Progress;
import org.trispike.jobs.config.Settings;
import org.trispike.jobs.progress.Progresses;
import picocli.CommandLine.Option;

/** The options that all jobs share. */
final class RunOptions {
  /** What the words of {@code --resume} are. */
  enum Resume {
    auto,
    never
  }

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings in HOCON; conf/ holds presets, which a file may include")
  Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, over what the file says; may be given again")
  List<String> sets = new ArrayList<>();

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Where Spark runs; short for --set spark.master=URL")
  String master;

  @Option(
      names = "--resume",
      paramLabel = "auto|never",
      description = "Whether unfinished work goes on (auto, the default) or is refused")
  Resume resume;

  @Option(names = "--dry-run", description = "Check the settings, print the plan, write nothing")
  boolean dryRun;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print results and failures only")
  boolean quiet;

  /**
   * The resolved configuration.
   *
   * @param direct settings that the command's own options stand for; null where one was not given
   */
  Settings settings(Map<String, String> direct) {
    List<String> all = new ArrayList<>();
    if (master != null) {
      all.add("spark.master=" + master);
    }
    if (resume != null) {
      all.add("run.resume=" + resume);
    }
    direct.forEach((key, value) -> all.add(key + "=" + value));
    all.addAll(sets);
    return Settings.resolve(Optional.ofNullable(config), all);
  }

  /** Progress on standard error; the launcher says whether that is a terminal. */
  Progress progress() {
    return Progresses.of(System.err, Boolean.getBoolean("trispike.terminal"), quiet);
  }
}
