package org.trispike.jobs;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: {@code trispike VERB [options]}, the same under spark-submit. */
@Command(
    name = "trispike",
    description = "Pretrains spiking 3D encoders on Apache Spark and classifies shapes by names.",
    synopsisSubcommandLabel = "VERB",
    versionProvider = VersionLines.class,
    subcommands = {
      QuickstartCommand.class,
      RunCommand.class,
      AblateCommand.class,
      ShardCommand.class,
      EmbedCommand.class,
      PretrainCommand.class,
      ReparameterizeCommand.class,
      EvaluateCommand.class,
      ReportCommand.class,
      EmbedNamesCommand.class,
      QuantizeCommand.class,
      PredictCommand.class,
      VerifyCommand.class,
      InspectCommand.class,
      ConfigCommand.class,
      DoctorCommand.class,
      BenchCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 done, 2 usage, 3 data, 4 environment, 5 interrupted and resumable, 70 bug."
    })
public final class Main implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @CommandLine.Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = CommandLine.ScopeType.INHERIT,
      description = "Show what a command does and takes")
  private boolean help;

  @CommandLine.Option(
      names = "--version",
      versionHelp = true,
      scope = CommandLine.ScopeType.INHERIT,
      description = "Show the versions of Trispike, Java and Spark")
  private boolean version;

  private Main() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs a command and returns the exit code that it ends with. */
  public static int run(String... args) {
    CommandLine line = new CommandLine(new Main());
    // Options are inherited, what they show is not.
    line.getSubcommands()
        .values()
        .forEach(verb -> verb.getCommandSpec().versionProvider(new VersionLines()));
    return run(line, args);
  }

  static int run(CommandLine line, String... args) {
    line.setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> Failures.report(failure, System.err));
    try {
      return line.execute(args);
    } catch (Error e) {
      // The handler is asked about exceptions alone.
      return Failures.report(e, System.err);
    }
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "A verb is missing");
  }
}
