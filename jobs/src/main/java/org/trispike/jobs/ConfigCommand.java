package org.trispike.jobs;

import java.util.Map;
import java.util.concurrent.Callable;
import org.trispike.jobs.config.Reference;
import org.trispike.jobs.config.Setting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "config",
    sortOptions = false,
    description = "Prints the configuration as a run would resolve it, or all settings there are.")
final class ConfigCommand implements Callable<Integer> {
  @Option(names = "--list", description = "Every setting with its default and its meaning")
  private boolean list;

  @Mixin private RunOptions options;

  @Override
  public Integer call() {
    if (!list) {
      System.out.print(options.settings(Map.of()).render());
      return 0;
    }
    for (Setting setting : Reference.load().settings()) {
      System.out.println(setting.key() + " = " + setting.value());
      System.out.println("    " + setting.meaning());
    }
    return 0;
  }
}
