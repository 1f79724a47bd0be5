package org.trispike.jobs;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.trispike.jobs.config.Settings;
import org.trispike.jobs.quickstart.QuickstartConfig;
import org.trispike.jobs.quickstart.QuickstartResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "quickstart",
    sortOptions = false,
    description = {
      "Generates coloured solids with captions and runs every stage on them.",
      "Needs no data and no network. The preset is conf/quickstart.conf."
    })
final class QuickstartCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The run folder; short for run.dir (default: runs/quickstart)")
  private String out;

  @Mixin private RunOptions options;

  @Override
  public Integer call() {
    if (options.config == null) {
      String home = System.getenv().getOrDefault("TRISPIKE_HOME", ".");
      options.config = Path.of(home, "conf", "quickstart.conf");
    }
    Settings settings = options.settings(new DirectOptions().put("run.dir", out).settings());
    String shapes = settings.config().getString("run.dir") + "/shapes";
    settings =
        settings
            .with("data.triplets", shapes + "/triplets.csv")
            .with("reparameterize.classes", shapes + "/classes.json")
            .with("evaluate.classes", shapes + "/classes.json");
    QuickstartConfig config = QuickstartConfig.from(settings.config());
    if (options.dryRun) {
      System.out.println(
          "Would generate "
              + config.shapesPerKind()
              + " shapes of each kind in "
              + shapes
              + " and run "
              + List.of(Stage.values())
              + " on them. Nothing was written");
      return 0;
    }
    QuickstartResult made = GeneratedShapes.make(config, shapes, settings);
    options
        .progress()
        .line(
            "quickstart: " + made.shapes() + " shapes of " + made.kinds() + " kinds in " + shapes);
    return Job.run(List.of(Stage.values()), settings, options);
  }
}
