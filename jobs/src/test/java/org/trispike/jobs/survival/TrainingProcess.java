package org.trispike.jobs.survival;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trispike.training.ChildJvm;
import org.trispike.training.HeldFileSystem;

/**
 * {@code trispike pretrain} in a process of its own, as the launcher starts it, whose files are on
 * a {@link HeldFileSystem}.
 */
final class TrainingProcess {
  private static final Pattern RESUMED = Pattern.compile("goes on after round (\\d+)");
  private static final Pattern TRAINS = Pattern.compile("pretrain: .* on \\d+ shapes");
  private static final long PATIENCE_SECONDS = 400;

  private final Path calls;
  private final long begin = System.nanoTime();
  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Thread reader;
  private volatile double secondsToTrain = Double.NaN;
  private volatile int resumedAfter;

  private TrainingProcess(Path calls, Process process) {
    this.calls = calls;
    this.process = process;
    this.reader = new Thread(this::read, "lines of " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Begins a training, or goes on with it.
   *
   * @param settings a file of them
   * @param calls the folder of the {@link HeldFileSystem}
   * @param pattern of the calls that count
   * @param number of the one that waits; 0: none does
   */
  static TrainingProcess start(Path settings, Path run, Path calls, String pattern, int number)
      throws IOException {
    List<String> arguments = new ArrayList<>();
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-") || argument.startsWith("-D"))
        .filter(argument -> !argument.startsWith("-Dsurefire"))
        .forEach(arguments::add);
    // A short life is not worth the best code.
    arguments.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    arguments.add("org.trispike.jobs.Main");
    arguments.addAll(List.of("pretrain", "--resume", "auto", "--master", "local[2]"));
    arguments.addAll(List.of("--config", settings.toString()));
    arguments.addAll(List.of("--set", "run.dir=" + HeldFileSystem.name(run)));
    String spark = String.join("\", \"", HeldFileSystem.settings(calls, pattern, number));
    arguments.addAll(List.of("--set", "spark.conf=[\"" + spark + "\"]"));
    return new TrainingProcess(calls, ChildJvm.of(arguments).redirectErrorStream(true).start());
  }

  private void read() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
        Matcher resumed = RESUMED.matcher(line);
        if (resumed.find()) {
          resumedAfter = Integer.parseInt(resumed.group(1));
        }
        if (TRAINS.matcher(line).find()) {
          secondsToTrain = (System.nanoTime() - begin) / 1e9;
        }
      }
    } catch (IOException e) {
      lines.add(e.toString());
    }
  }

  /** Waits until the call is reached that waits; none if the process ends without it. */
  Optional<String> held() throws IOException, InterruptedException {
    Optional<String> call = HeldFileSystem.waits(calls);
    while (call.isEmpty() && process.isAlive()) {
      Thread.sleep(10);
      call = HeldFileSystem.waits(calls);
    }
    return call;
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As the shell, a scheduler or a shutdown do; returns when it knows. */
  void terminate() throws InterruptedException {
    // Process.destroy would close the streams, too.
    process.toHandle().destroy();
    while (process.isAlive() && !output().contains("Interrupted: ")) {
      Thread.sleep(10);
    }
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("The training does not end:\n" + output());
    }
    reader.join();
    return process.exitValue();
  }

  String output() {
    return String.join("\n", lines);
  }

  /** From the start of the process to that of its first round. */
  double secondsToTrain() {
    return secondsToTrain;
  }

  /** The round that it went on after; 0 if it began anew. */
  int resumedAfter() {
    return resumedAfter;
  }
}
