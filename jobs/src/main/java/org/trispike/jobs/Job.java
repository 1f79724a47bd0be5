package org.trispike.jobs;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.trispike.datasets.Progress;
import org.trispike.datasets.UserError;
import org.trispike.jobs.config.Settings;
import org.trispike.jobs.doctor.Diagnosis;
import org.trispike.jobs.doctor.DoctorAction;
import org.trispike.jobs.inspect.InspectAction;
import org.trispike.jobs.report.ReportAction;
import org.trispike.jobs.report.ReportConfig;
import org.trispike.training.bank.BankConfig;
import org.trispike.training.bank.EmbedNamesAction;
import org.trispike.training.bank.QuantizeAction;

/**
 * Runs stages one after the other in one Spark session. The commands themselves name no type of
 * Spark's, not even in a lambda: {@code predict} looks at all of them without having Spark.
 */
final class Job {
  private Job() {}

  /**
   * Runs stages in one run folder, or prints the plan of it.
   *
   * @return the exit code of the process
   */
  static int run(List<Stage> stages, Settings settings, RunOptions options) {
    if (options.dryRun) {
      Plan.print(stages, settings, System.out);
      return 0;
    }
    return run(
        settings,
        options,
        (spark, progress) -> chain(stages, spark, settings, progress, System.out::println));
  }

  /**
   * Runs one stage that needs no run folder, and leaves none behind.
   *
   * @return the exit code of the process
   */
  static int runAlone(Stage stage, Settings settings, RunOptions options) {
    if (options.dryRun) {
      Stages.check(List.of(stage), settings);
      System.out.println(stage.word() + ": " + stage.meaning());
      System.out.println("Nothing was written");
      return 0;
    }
    return run(
        settings,
        options,
        (spark, progress) ->
            Stages.run(stage, spark, settings, progress).forEach(System.out::println));
  }

  /** Runs an ablation, or prints its plan; the table goes to standard output. */
  static int ablate(Ablation ablation, RunOptions options) {
    if (options.dryRun) {
      ablation.plan(System.out);
      return 0;
    }
    return run(
        ablation.settings(),
        options,
        (spark, progress) -> System.out.print(ablation.run(spark, progress)));
  }

  /**
   * Verifies a dataset, or those of a run folder; one that is not sound is a failure.
   *
   * @return the exit code of the process
   */
  static int verify(String directory, Settings settings, RunOptions options) {
    List<String> datasets = Verification.datasets(directory, Sessions.hadoop(settings.config()));
    if (options.dryRun) {
      datasets.forEach(dataset -> System.out.println("verify: " + dataset));
      System.out.println("Nothing was read");
      return 0;
    }
    return run(
        settings,
        options,
        (spark, progress) -> Verification.run(datasets, spark, progress, System.out::println));
  }

  /** Makes a bank of names, or prints what it would be. */
  static int embedNames(Settings settings, RunOptions options) {
    BankConfig config = BankConfig.from(settings.config());
    return bank(
        settings,
        options,
        hadoop -> EmbedNamesAction.plan(hadoop, config),
        (spark, progress) -> new EmbedNamesAction(spark, config, progress).run().sentence());
  }

  /** Quantizes a bank, or prints what it would be. */
  static int quantize(Settings settings, RunOptions options) {
    BankConfig config = BankConfig.from(settings.config());
    return bank(
        settings,
        options,
        hadoop -> QuantizeAction.plan(hadoop, config),
        (spark, progress) -> new QuantizeAction(spark, config, progress).run().sentence());
  }

  private static int bank(
      Settings settings,
      RunOptions options,
      Function<Configuration, String> plan,
      BiFunction<SparkSession, Progress, String> work) {
    if (options.dryRun) {
      System.out.println(plan.apply(Sessions.hadoop(settings.config())));
      System.out.println("Nothing was written");
      return 0;
    }
    return run(
        settings, options, (spark, progress) -> System.out.println(work.apply(spark, progress)));
  }

  /**
   * Writes the report of a run, however far it is; needs no Spark session.
   *
   * @return the exit code of the process
   */
  static int report(Settings settings, RunOptions options) {
    ReportConfig config = ReportConfig.from(settings.config());
    if (options.dryRun) {
      System.out.println("Would write " + config.directory() + "/report.html");
      return 0;
    }
    Configuration hadoop = Sessions.hadoop(settings.config());
    System.out.println("Report: " + new ReportAction(hadoop, config).run().file());
    return 0;
  }

  /**
   * Looks at a dataset or a file, without a Spark session.
   *
   * @param out the folder for clouds and pictures, if they are wanted
   * @return the exit code of the process
   */
  static int inspect(String path, Optional<Path> out, int rows, String id, Settings settings) {
    Configuration hadoop = Sessions.hadoop(settings.config());
    new InspectAction(hadoop, path, out, rows, id).run().forEach(System.out::println);
    return 0;
  }

  /**
   * Examines driver, executors and the places that the configuration names.
   *
   * @return 0, or 4 if something stands in the way of a run
   */
  static int doctor(Settings settings, RunOptions options, boolean json) {
    if (options.dryRun) {
      System.out.println("doctor: " + String.join(", ", DoctorAction.checks()));
      System.out.println("Nothing was examined");
      return 0;
    }
    Diagnosis diagnosis = diagnose(settings.config());
    if (json) {
      System.out.print(diagnosis.toJson());
    } else {
      diagnosis.lines().forEach(System.out::println);
    }
    return diagnosis.healthy() ? 0 : UserError.Kind.ENVIRONMENT.exitCode();
  }

  private static Diagnosis diagnose(Config config) {
    DoctorAction action = new DoctorAction(config, Sessions.hadoop(config));
    SparkSession spark;
    try {
      spark = Sessions.open(config);
    } catch (UserError e) {
      if (e.kind() != UserError.Kind.ENVIRONMENT) {
        throw e;
      }
      return action.run(config.getString("spark.master"), e);
    }
    try (spark) {
      return action.run(JavaSparkContext.fromSparkContext(spark.sparkContext()));
    }
  }

  /** Opens Spark for {@code work}; a signal to the process ends it in good order. */
  private static int run(
      Settings settings, RunOptions options, BiConsumer<SparkSession, Progress> work) {
    Progress progress = options.progress();
    try (Interruption interruption = new Interruption()) {
      try (SparkSession spark = Sessions.open(settings.config())) {
        work.accept(spark, progress);
        // Among them checked ones: Spark's, which Scala does not declare.
      } catch (Exception | Error e) {
        waitIf(interruption);
        throw e;
      }
    }
    return 0;
  }

  /**
   * Claims the run folder and runs stages in it.
   *
   * @param out takes what the user asked for, a line each
   */
  static void chain(
      List<Stage> stages,
      SparkSession spark,
      Settings settings,
      Progress progress,
      Consumer<String> out) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    RunFolder.of(hadoop, settings).claim(settings);
    for (Stage stage : stages) {
      Stages.run(stage, spark, settings, progress).forEach(out);
    }
  }

  /** A job that fails because the process goes down is not a bug: the hooks end the process. */
  private static void waitIf(Interruption interruption) {
    while (interruption.happened()) {
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
