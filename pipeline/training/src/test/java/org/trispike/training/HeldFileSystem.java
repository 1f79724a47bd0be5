package org.trispike.training;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.SparkSession;
import org.trispike.training.checkpoint.WatchedFileSystem;

/**
 * Local files under {@code held:}, on which one call waits, so that its process can be killed just
 * there: all that outlives a killed process is its files, and they change at calls alone.
 *
 * <p>A call is told in words, such as {@code pretrain: validation after round 4: writes
 * _tmp/model.safetensors.0}: Spark's description of the work, what is done, and to what. Each goes
 * to {@code calls} in a folder of its own; the one that waits is in {@code waits} for as long as
 * that file is there.
 */
public final class HeldFileSystem extends WatchedFileSystem {
  private static final URI NAME = URI.create("held:///");
  private static final String FOLDER = "fs.held.folder";
  private static final String PATTERN = "fs.held.pattern";
  private static final String NUMBER = "fs.held.number";
  private static final Pattern ANY = Pattern.compile("");
  private static final String WAITS = "waits";
  private static final String CALLS = "calls";

  /** Calls so far that are of the kind that waits; Hadoop makes several file systems. */
  private static int seen;

  /** The name of a local path on this file system. */
  public static String name(java.nio.file.Path path) {
    return "held:" + path;
  }

  /**
   * Settings of Spark, {@code key=value} each.
   *
   * @param folder for what is told; it is there
   * @param pattern of the calls that count; "" for all
   * @param number of the one that waits, from 1; 0: none does
   */
  public static List<String> settings(java.nio.file.Path folder, String pattern, int number) {
    List<String> settings = new ArrayList<>();
    settings.add("fs.held.impl=" + HeldFileSystem.class.getName());
    settings.add(FOLDER + "=" + folder);
    settings.add(PATTERN + "=" + pattern);
    settings.add(NUMBER + "=" + number);
    return settings.stream().map(setting -> "spark.hadoop." + setting).toList();
  }

  /** The call that waits, if there is one by now. */
  public static Optional<String> waits(java.nio.file.Path folder) throws IOException {
    java.nio.file.Path file = folder.resolve(WAITS);
    return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
  }

  /** How many calls there were of the pattern. */
  public static int calls(java.nio.file.Path folder, String pattern) throws IOException {
    Predicate<String> counts = Pattern.compile(pattern).asPredicate();
    try (Stream<String> calls = Files.lines(folder.resolve(CALLS))) {
      return (int) calls.filter(counts).count();
    }
  }

  @Override
  public URI getUri() {
    return NAME;
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    call(getConf(), "reads", path);
    return super.open(path, bufferSize);
  }

  @Override
  protected void change(Path path) throws IOException {
    call(getConf(), "changes", path);
  }

  @Override
  protected void write(Path path, int bytes) throws IOException {
    call(getConf(), "writes", path);
  }

  private static void call(Configuration conf, String what, Path path) throws IOException {
    java.nio.file.Path folder = java.nio.file.Path.of(conf.get(FOLDER));
    String call = work() + what + " " + path.getParent().getName() + "/" + path.getName();
    boolean waits;
    synchronized (HeldFileSystem.class) {
      Files.writeString(
          folder.resolve(CALLS), call + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      boolean counts = conf.getPattern(PATTERN, ANY).matcher(call).find();
      seen += counts ? 1 : 0;
      waits = counts && seen == conf.getInt(NUMBER, 0);
    }
    if (waits) {
      hold(folder, call);
    }
  }

  /** What Spark calls the work of this thread. */
  private static String work() {
    String key = "spark.job.description";
    TaskContext task = TaskContext.get();
    String work =
        task != null
            ? task.getLocalProperty(key)
            : SparkSession.getDefaultSession().get().sparkContext().getLocalProperty(key);
    return work == null ? "" : work + ": ";
  }

  private static void hold(java.nio.file.Path folder, String call) throws IOException {
    java.nio.file.Path written = Files.writeString(folder.resolve(WAITS + ".new"), call);
    java.nio.file.Path file =
        Files.move(written, folder.resolve(WAITS), StandardCopyOption.ATOMIC_MOVE);
    try {
      while (Files.exists(file)) {
        Thread.sleep(10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(call);
    }
  }
}
