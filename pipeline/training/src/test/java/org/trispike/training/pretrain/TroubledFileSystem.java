package org.trispike.training.pretrain;

import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;

/**
 * Local files under {@code troubled:}, which tasks have trouble to read. The configuration, which
 * travels with the tasks, says what it is.
 */
public final class TroubledFileSystem extends RawLocalFileSystem {
  private static final URI NAME = URI.create("troubled:///");
  private static final String TROUBLE = "fs.troubled.trouble";
  private static final String EXECUTOR = "fs.troubled.executor";
  private static final long SLOWNESS_MILLIS = 3_000;

  /** Reads that fail yet, of tasks in this JVM. */
  static final AtomicInteger OUTAGE = new AtomicInteger();

  enum Trouble {
    NONE,
    /** The store does not answer, see {@link #OUTAGE}. */
    OUT_OF_REACH,
    /** The connection breaks under the first attempt of each task. */
    FIRST_ATTEMPT,
    /** One executor takes seconds. */
    SLOW_EXECUTOR,
    /** The executor's process ends at once, without a word. */
    DEATH
  }

  /** The name of a local path on this file system. */
  static String name(Path path) {
    return "troubled:" + path;
  }

  static void set(Configuration conf, Trouble trouble) {
    conf.setClass(
        "fs.troubled.impl", TroubledFileSystem.class, org.apache.hadoop.fs.FileSystem.class);
    conf.setBoolean("fs.troubled.impl.disable.cache", true);
    conf.setEnum(TROUBLE, trouble);
  }

  static void setSlow(Configuration conf, String executor) {
    set(conf, Trouble.SLOW_EXECUTOR);
    conf.set(EXECUTOR, executor);
  }

  @Override
  public URI getUri() {
    return NAME;
  }

  @Override
  public FSDataInputStream open(org.apache.hadoop.fs.Path path, int bufferSize) throws IOException {
    TaskContext task = TaskContext.get();
    if (task != null) {
      trouble(task);
    }
    return super.open(path, bufferSize);
  }

  private void trouble(TaskContext task) throws IOException {
    switch (getConf().getEnum(TROUBLE, Trouble.NONE)) {
      case NONE -> {}
      case OUT_OF_REACH -> {
        if (OUTAGE.getAndDecrement() > 0) {
          throw new SocketException("Connection reset");
        }
      }
      case FIRST_ATTEMPT -> {
        if (task.attemptNumber() == 0) {
          throw new SocketException("Connection reset");
        }
      }
      case SLOW_EXECUTOR -> {
        if (SparkEnv.get().executorId().equals(getConf().get(EXECUTOR))) {
          sleep();
        }
      }
      case DEATH -> Runtime.getRuntime().halt(42);
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(SLOWNESS_MILLIS);
    } catch (InterruptedException e) {
      // Another attempt was faster.
      Thread.currentThread().interrupt();
    }
  }
}
