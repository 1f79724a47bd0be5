package org.trispike.training.pretrain;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Lets a training end in order when its process is told to: the round in the making is given up,
 * and the shutdown waits until the state before it is written. Runs before Spark's own hook.
 */
final class Interruption implements AutoCloseable {
  private static final int PRIORITY = 500;
  private static final long PATIENCE_SECONDS = 25;

  private final JavaSparkContext spark;
  private final String jobGroup;
  private final CountDownLatch done = new CountDownLatch(1);
  private final Runnable hook = this::shutDown;
  private volatile boolean asked;

  Interruption(JavaSparkContext spark, String jobGroup) {
    this.spark = spark;
    this.jobGroup = jobGroup;
  }

  /** From here on the process's end waits for the training's. */
  void open() {
    ShutdownHookManager.get()
        .addShutdownHook(hook, PRIORITY, PATIENCE_SECONDS + 5, TimeUnit.SECONDS);
  }

  /** Asks the training to end; the round in the making is given up. */
  void ask() {
    asked = true;
    spark.cancelJobGroup(jobGroup);
  }

  boolean asked() {
    return asked;
  }

  private void shutDown() {
    ask();
    try {
      if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.getLogger(Interruption.class.getName())
            .log(
                System.Logger.Level.WARNING,
                "The training did not end in time; it resumes from its last checkpoint");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    done.countDown();
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
